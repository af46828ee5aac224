// Evidence is what a person selects in the transcript: with the mouse, or a sentence at a time by key. It goes to the
// server as a turn and two offsets in code points, which looks the words up itself.
const PLACE = ".coach-turn.is-candidate";
const codePoints = (text) => [...text].length;

/** The element whose text the offsets count in: a turn's words, or its board. */
const textOf = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(`${PLACE} > p, ${PLACE} pre`);

/** The selection as a turn and offsets; what runs on beyond the turn is left out. */
const marked = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = textOf(range.startContainer);
  if (!text || text.matches(".coach-back")) return null;
  const before = document.createRange();
  before.selectNodeContents(text);
  const whole = codePoints(text.textContent);
  before.setEnd(range.startContainer, range.startOffset);
  const start = codePoints(before.toString());
  let end = whole;
  if (text.contains(range.endContainer)) {
    before.setEnd(range.endContainer, range.endOffset);
    end = codePoints(before.toString());
  }
  const turn = text.closest(PLACE).id.replace("turn-", "");
  return { turn, start, end, source: text.matches("pre") ? "board" : null };
};

/** Where a number of code points into an element's text stands, as node and offset. */
const pointAt = (element, many) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = many;
  let node = walker.nextNode();
  for (; node; node = walker.nextNode()) {
    const points = [...node.data];
    if (left <= points.length) return [node, points.slice(0, left).join("").length];
    left -= points.length;
  }
  return [element, element.childNodes.length];
};

const select = (first, last) => {
  const text = document.querySelector(`#turn-${first.turn} > p`);
  if (!text) return;
  const range = document.createRange();
  range.setStart(...pointAt(text, first.start));
  range.setEnd(...pointAt(text, last.end));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  show(text, range);
};

/** Scrolls the transcript's own box, never the page. */
const show = (text, place) => {
  const box = text.closest(".scroll");
  if (box) box.scrollTop += place.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
};

const AT = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const said = parentElement.querySelector(".said");
  const sentences = data.sentences;
  const known = AT.get(parentElement);
  const at = known?.round === data.round ? known : { round: data.round, first: -1, last: -1 };
  AT.set(parentElement, at);
  if (at.item !== data.item) {
    at.item = data.item;
    said.textContent = "";
    const { turn, start } = data.first ?? {};
    const place = sentences.findIndex((each) => each.turn === turn && each.start <= start && start < each.end);
    if (place >= 0) at.first = at.last = place;
    if (turn) whenThere(`#turn-${turn} mark`, (mark) => show(mark, mark));
  }

  const move = (first, last = first) => {
    if (first < 0 || last >= sentences.length || sentences[first].turn !== sentences[last].turn) return;
    Object.assign(at, { first, last });
    select(sentences[first], sentences[last]);
    said.textContent = data.words[first] + (last > first ? " …" : "");
  };
  const on = (name, act) => {
    const button = parentElement.querySelector(name);
    button.onmousedown = (event) => event.preventDefault(); // else the selection is lost to the button
    button.onclick = act;
  };
  on(".next", () => move(at.last + 1));
  on(".previous", () => move(at.first - 1));
  on(".longer", () => move(at.first, at.last + 1));
  on(".use", () => {
    const words = marked();
    said.textContent = words ? "" : "Select words of the candidate in the transcript first.";
    if (words) setTriggerValue("words", words);
  });
}
