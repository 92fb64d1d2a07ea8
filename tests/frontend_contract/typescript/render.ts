// A frontend with a case for every block: prints the page at a path of an API.
import { assertNever, type Block, createClient, type Link, type PortableText } from "dateline-client";

declare const process: { argv: string[] };

const [, , baseUrl = "", path = ""] = process.argv;

const page = await createClient({ baseUrl }).page(path);
console.log(`# ${page.title}`);
switch (page.type) {
  case "press_release":
    console.log(page.deck, page.signatories.map(({ name }) => name).join(", "));
    break;
  case "profile":
    console.log(page.post);
    break;
  case "fact_sheet":
  case "home":
  case "profile_index":
  case "section":
  case "standard":
    break;
  default:
    assertNever(page);
}
for (const block of page.body) console.log(`${block.type}: ${shown(block)}`);

function shown(block: Block): string {
  switch (block.type) {
    case "heading":
      return `${block.value.level} ${block.value.text}`;
    case "paragraph":
      return words(block.value);
    case "quote":
      return `“${block.value.quotation}” ${block.value.person?.name ?? block.value.name}`;
    case "text_quotation":
      return `${words(block.value.text)} ${block.value.citation}`;
    case "questions":
      return block.value.items.map((item) => `${item.question} ${words(item.answer)}`).join(" ");
    case "image":
      return block.value.image.alt;
    case "gallery":
      return block.value.images.map(({ image }) => image.url).join(" ");
    case "embed":
      return block.value.title;
    case "download":
      return block.value.title;
    case "table":
      return block.value.rows.map((row) => row.cells.map(({ type }) => type).join(" ")).join("|");
    case "key_facts":
      return block.value.facts.map((fact) => fact.text).join(" ");
    case "statistics":
      return block.value.items.map((item) => `${item.figure} ${item.label}`).join(" ");
    case "claims":
      return block.value.items.map((item, index) => `${block.value.start + index} ${item.claim}`).join(" ");
    case "timeline":
      return block.value.events.map((event) => event.when).join(" ");
    case "callout":
      return `${block.value.kind} ${words(block.value.text)}`;
    case "update":
      return `${block.value.date} ${words(block.value.text)}`;
    case "related_pages":
      return block.value.title;
    case "call_to_action":
      return `${block.value.button} ${target(block.value.link)}`;
    case "boilerplate":
      return words(block.value.boilerplate.text);
    case "contacts":
      return block.value.contacts.map((contact) => contact.name).join(" ");
    case "section":
      return block.value.content.map(shown).join(" ");
    case "incomplete":
      return "";
    default:
      return assertNever(block);
  }
}

function words(text: PortableText): string {
  return text
    .map((node) => {
      switch (node._type) {
        case "block":
          return node.children
            .map((child) => (child._type === "span" ? child.text : `[${child.number}]`))
            .join("");
        case "image":
          return node.alt;
        case "embed":
          return node.url;
        case "break":
          return "";
        default:
          return assertNever(node);
      }
    })
    .join(" ");
}

function target(link: Link): string {
  switch (link.type) {
    case "page":
      return link.path;
    case "document":
    case "external":
      return link.url;
    case "dead":
      return "";
    default:
      return assertNever(link);
  }
}
