/** Microphone and voice tried before a round. Nothing is kept, and nothing has to succeed: one can go on by typing. */
class VoiceTrial {
  constructor(root, settings) {
    this.$ = (selector) => root.querySelector(selector);
    this.settings = settings;
    this.outbox = new Outbox();
    this.reader = new Reader(1);
    this.recogniser = new Recogniser((kind, what) => (kind === "words" ? this.heard(what) : this.problem("deaf")));
    this.line = new Line(settings.token, (message, samples) => this.hear(message, samples), (isOpen, code) => {
      if (!isOpen && code === 1008) this.settings.tell("renew", Date.now());
    });
    this.outbox.line = this.line;
    holds(this.$(".talk"), { press: () => this.press(), release: () => this.release() });
    this.$(".speaker").onclick = () => this.speak();
  }

  update(settings) {
    this.settings = settings;
    this.line.renew(settings.token);
  }

  close() {
    this.line.close();
    this.recogniser.stop();
    this.playback?.stop();
    this.microphone?.close();
    this.context?.close();
  }

  async open() {
    if (!this.context) {
      this.context = new AudioContext();
      this.playback = new Playback(this.context, (kind) => this.played(kind), this.reader);
    }
    await this.context.resume();
  }

  async press() {
    this.isPressed = true;
    await this.open();
    this.microphone ??= new Microphone({
      hear: (samples) => this.frame(samples),
      fail: ({ kind }) => this.problem(kind),
    });
    if (!this.microphone.opening && !(await this.microphone.open())) return;
    if (!this.isPressed || this.current) return;
    this.problem(null);
    this.current = this.outbox.begin(0);
    if (this.settings.inBrowser) this.recogniser.listen();
    this.result("Listening…");
  }

  async release() {
    this.isPressed = false;
    const id = this.current;
    if (!id) return;
    this.current = null;
    this.result("Thinking…");
    const words = this.settings.inBrowser ? await this.recogniser.stop() : null;
    this.outbox.end(id, words);
  }

  frame(samples) {
    this.$(".level i").style.transform = `scaleX(${Math.min(1, this.microphone.level).toFixed(2)})`;
    if (this.current) this.outbox.add(this.current, samples);
  }

  async speak() {
    await this.open();
    this.$(".spoken").textContent = "";
    if (!this.line.send({ t: "test", text: this.settings.sentence })) this.$(".spoken").textContent = "No connection yet. Try again.";
  }

  hear(message, samples) {
    if (message.t === "stored") this.outbox.stored(message.u, message.seq);
    else if (message.t === "heard") {
      this.outbox.settled(message.u);
      if (message.why) this.result(message.why);
      else this.heard(message.text);
    } else if (message.t === "unheard") this.result(message.why);
    else if (message.t === "mute") this.$(".spoken").textContent = message.why;
    else if (message.t === "sentence") this.playback.sentence(message, this.settings.inBrowser);
    else if (message.t === "sound") this.playback.sound(message, samples);
    else if (message.t === "spoken") this.playback.whole(message);
    else if (message.t === "quiet") this.playback.quiet(message.turn);
  }

  heard(words) {
    this.result(words ? `Heard: ${words}` : "Nothing was heard. Speak while you hold the button.");
  }

  result(words) {
    this.$(".heard").textContent = words;
  }

  problem(kind) {
    this.$(".problem").textContent = PROBLEMS[kind] ?? "";
    this.$(".problem").hidden = !kind;
    if (kind) this.result("");
  }

  played(kind) {
    if (kind !== "end") return;
    this.$(".spoken").textContent = this.reader.isBroken && this.settings.inBrowser
      ? "This browser has no voice: the interviewer's words are shown. Add a key on the Models page for a voice."
      : "Played. Not heard? Check the speaker's volume, or read along.";
  }
}
