"""The blocks that pages are written in. One file a family; `body` composes them."""
