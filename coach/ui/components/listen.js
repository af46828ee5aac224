// From a quote to its sound: whoever follows a quote to its turn can hear it from that moment, where sound was kept.
export default function ({ data, parentElement }) {
  const bar = parentElement.querySelector(".listen");
  const player = bar.querySelector("audio");
  const says = bar.querySelector("span");
  const known = new Map();
  let asked = null;

  const sound = async (turn) => {
    if (!known.has(turn)) {
      const answer = await fetch(`/voice/sound/${turn}`, { headers: { Authorization: `Bearer ${data.token}` } });
      if (!answer.ok) throw new Error(answer.status === 404 ? "Its sound is not kept any more." : "Reload the page to hear it.");
      known.set(turn, URL.createObjectURL(await answer.blob()));
    }
    return known.get(turn);
  };

  /** How far into its turn a quote begins, by its place among the words. */
  const fraction = (turn, quote) => {
    const words = document.querySelector(`#turn-${CSS.escape(turn)} > p`)?.textContent ?? "";
    const at = quote ? words.indexOf(quote) : 0;
    return words && at > 0 ? at / words.length : 0;
  };

  const follow = (event) => {
    const link = event.target.closest?.('a[href^="#turn-C"]');
    const turn = link?.hash.slice("#turn-".length);
    if (!turn || !(turn in data.seconds)) return;
    const quote = link.closest("blockquote")?.querySelector("q, p")?.textContent ?? link.closest("blockquote")?.firstChild?.textContent;
    asked = { turn, from: fraction(turn, quote?.trim().replace(/^[“"]|[”"]$/g, "")) * data.seconds[turn] };
    says.textContent = `${turn}, from second ${Math.floor(asked.from)}`;
    player.hidden = true;
    bar.hidden = false;
  };
  document.addEventListener("click", follow);

  bar.querySelector(".play").onclick = async () => {
    try {
      player.src = await sound(asked.turn);
      player.hidden = false;
      await new Promise((ready) => player.addEventListener("loadedmetadata", ready, { once: true }));
      player.currentTime = Math.max(0, asked.from - 0.5);
      await player.play();
    } catch (error) {
      says.textContent = error.message;
    }
  };
  bar.querySelector(".close").onclick = () => {
    player.pause();
    bar.hidden = true;
  };
  return mounted(parentElement, () => {
    document.removeEventListener("click", follow);
    player.pause();
    for (const url of known.values()) URL.revokeObjectURL(url);
  });
}
