"""Single values through their codecs."""

from pydantic import TypeAdapter

from api.codecs import block_values  # noqa: F401  (registers the codecs of simple blocks)
from api.codecs.blocks import block_codec
from api.codecs.encoding import Encoding, Scope
from api.codecs.fields import field_codec


def encode(block, value):
    """What a block's stored value is answered as; it is of the type that its codec says."""
    encoding = Encoding()
    codec = block_codec(block)
    answer = encoding.resolve(codec.encode(value, Scope(encoding)))
    TypeAdapter(codec.type).validate_python(answer)
    return answer


def encode_field(instance, name):
    """What a field of an instance is answered as; it is of the type that its codec says."""
    encoding = Encoding()
    codec = field_codec(type(instance), name)
    answer = encoding.resolve(codec.encode(instance, Scope(encoding, instance)))
    TypeAdapter(codec.type).validate_python(answer)
    return answer
