// How long the interviewer waits in silence before they say something, and how often in a row.
const SILENCES = 2;
/** Seconds: a sound so short in which nothing was heard is left out without a word; and the most in one utterance. */
const SHORT = 3;
const LONGEST = 285;

/** Whether a turn (`I7`) comes after another, or after none. */
const isAfter = (turn, other) => Boolean(turn) && Number(turn.slice(1)) > Number(other?.slice(1) ?? 0);

/** A spoken round in this tab: microphone, line and playback brought together. What it shows is `View`'s business. */
class VoiceRoom {
  constructor(view, settings) {
    this.view = view;
    this.settings = settings;
    this.outbox = new Outbox();
    this.current = null;
    this.waiting = new Set();
    this.reply = null;
    this.asked = null;
    this.troubles = [];
    this.silences = 0;
    this.lasted = {};
    this.spoken = session.get(`coach.spoken.${settings.round}`);
    this.reader = new Reader(1);
    this.recogniser = new Recogniser((kind, what) => this.recognised(kind, what));
    this.detection = new Detection({ patience: view.patience });
    this.line = new Line(settings.token, (message, samples) => this.hear(message, samples), (isOpen, code) => this.linked(isOpen, code));
    this.outbox.line = this.line;
    view.does({
      press: () => this.press(),
      release: () => this.release(),
      free: () => this.freely(),
      repeat: () => this.turn && this.say(this.turn),
      choose: () => this.choose(),
      again: () => this.resolve("again"),
      drop: () => this.resolve("drop"),
      write: (text) => this.resolve("write", text),
    });
    this.show();
  }

  /** What the page says after it was drawn anew. */
  update(settings) {
    this.settings = settings;
    this.line.renew(settings.token);
    this.turn = settings.turn;
    this.sayNew();
  }

  close() {
    clearTimeout(this.silence);
    clearTimeout(this.drawing);
    this.line.close();
    this.recogniser.stop();
    this.playback?.stop();
    this.microphone?.close();
    this.context?.close();
  }

  // ---- the candidate

  /** Opens what needs a person's press before a browser allows it. */
  async open() {
    if (!this.context) {
      this.context = new AudioContext();
      this.playback = new Playback(this.context, (kind, turn) => this.played(kind, turn), this.reader);
    }
    await this.context.resume();
    this.microphone ??= new Microphone({
      hear: (samples) => this.frame(samples),
      fail: ({ kind }) => this.failed(kind),
    });
    if (this.microphone.opening) return true;
    if (!(await this.microphone.open())) return false;
    this.view.problem(null);
    return true;
  }

  failed(kind) {
    if (this.current) this.endTalk();
    this.isFree = this.view.isFree = false;
    this.view.problem(kind);
    this.show();
  }

  async press() {
    this.isPressed = true;
    if (!(await this.open()) || !this.isPressed || this.current) return;
    const frames = this.detection.hold();
    this.talk(frames.length / SECOND, frames);
  }

  release() {
    this.isPressed = false;
    this.detection.release();
    if (this.current && !this.isFree) this.endTalk();
  }

  async freely() {
    this.isFree = this.view.isFree && (await this.open());
    this.view.isFree = this.isFree;
    this.detection = new Detection({ patience: this.view.patience });
    if (this.isFree) this.listen();
    this.rest();
    this.show();
  }

  choose() {
    this.detection.patience = this.view.patience;
    this.reader.speed = this.view.speed;
    this.line.send({ t: "choose", aloud: this.view.isAloud, speed: this.view.speed });
    if (!this.view.isAloud) this.hush();
  }

  frame(samples) {
    this.view.level(this.microphone.level);
    this.detection.speaking = Boolean(this.playback?.isPlaying);
    const what = this.detection.hear(samples);
    if (this.isFree) this.playback?.lower(this.detection.stirs);
    if (this.current) this.outbox.add(this.current, samples);
    if (this.current && this.outbox.seconds(this.current) > LONGEST) {
      this.endTalk();
      this.talk(0); // the same turn goes on
    }
    if (!this.isFree || !what) return;
    if (what.kind === "end") {
      if (this.current) this.endTalk();
    } else if (!this.current) {
      this.talk(what.frames.length / SECOND, what.frames);
    }
  }

  /** The candidate begins to speak; `frames` are what was said before that was clear. */
  talk(ago, frames = []) {
    clearTimeout(this.silence);
    this.silences = 0;
    this.interrupt();
    this.current = this.outbox.begin(ago);
    for (const samples of frames) this.outbox.add(this.current, samples);
    if (this.settings.inBrowser) this.recogniser.listen();
    this.view.caption("you", "");
    this.show();
  }

  async endTalk() {
    const id = this.current;
    const seconds = this.outbox.seconds(id);
    this.current = null;
    this.waiting.add(id);
    this.show();
    const words = this.settings.inBrowser ? await this.recogniser.stop() : null;
    this.outbox.end(id, this.settings.inBrowser && !this.recogniser.isBroken ? words : null);
    this.lasted[id] = seconds;
    if (this.isFree) this.listen();
  }

  listen() {
    if (this.settings.inBrowser) this.recogniser.listen();
  }

  recognised(kind, what) {
    if (kind === "words") {
      if (this.isFree && !this.current && what) this.talk(0.5);
      if (this.current) this.view.caption("you", what);
    } else this.view.problem("deaf");
  }

  /** Silence at once, and the interviewer's words as far as they were heard. */
  interrupt() {
    if (!this.asked) return;
    const heard = this.playback?.turn === this.asked ? this.playback.heard() : { played: 0, fraction: 0, seconds: 0 };
    this.line.send({ t: "cut", turn: this.asked, ...heard });
    this.hush();
    this.reply = this.asked = null;
  }

  hush() {
    this.playback?.stop();
  }

  resolve(way, text = "") {
    const [trouble] = this.troubles;
    if (!trouble) return;
    this.troubles.shift();
    const { u } = trouble;
    if (way === "drop") this.line.send({ t: "drop", u });
    else {
      this.waiting.add(u);
      const known = this.outbox.has(u);
      if (way === "write") this.line.send({ t: "end", u, pieces: 0, text });
      else if (known) this.outbox.missing(u, []);
      else this.line.send({ t: "end", u, pieces: 0, text: null });
    }
    this.show();
  }

  // ---- the interviewer

  hear(message, samples) {
    const isOurs = message.r === undefined || message.r === this.reply;
    if (!isOurs && message.t !== "thinking") return;
    this[`on_${message.t}`]?.(message, samples);
    this.show();
  }

  on_ready({ over, turn, left }) {
    this.turn = turn;
    this.isOver = over;
    this.outbox.again();
    this.choose();
    for (const { u, seconds } of left) {
      if (!this.outbox.has(u) && !this.troubles.some((each) => each.u === u)) {
        this.failedToHear(u, `${Math.round(seconds)} s of an answer were kept when this page was left.`);
      }
    }
    const broken = this.asked; // what was being said when the line dropped is said again, or made again
    this.hush();
    this.reply = this.asked = null;
    if (broken && broken === turn) this.say(turn);
    else this.sayNew();
  }

  failedToHear(u, why) {
    this.waiting.delete(u);
    this.troubles = [...this.troubles.filter((each) => each.u !== u), { u, why }];
  }

  on_stored({ u, seq }) {
    this.outbox.stored(u, seq);
  }

  on_missing({ u, pieces }) {
    this.outbox.missing(u, pieces);
  }

  on_caption({ text }) {
    this.view.caption("you", text);
  }

  on_saved({ u, heard, doubts }) {
    this.settle(u);
    this.view.caption("you", heard, doubts);
    this.isSaved = true;
    this.drawSoon(1_500);
  }

  on_dropped({ u }) {
    this.settle(u);
  }

  on_unclear({ u, why }) {
    if (this.isFree && (this.lasted[u] ?? 0) < SHORT) this.line.send({ t: "drop", u });
    else this.failedToHear(u, why);
  }

  on_unheard({ u, why }) {
    this.failedToHear(u, why);
  }

  on_refused({ why }) {
    this.view.say(why);
    this.draw();
  }

  /** Where no `why` comes along, the page says it, and what to do. */
  on_failed({ why }) {
    if (why) this.view.say(why);
    this.reply = this.asked = null;
    this.isSaved = false;
    this.draw();
  }

  on_thinking({ turn, r }) {
    this.sounds = false;
    clearTimeout(this.silence);
    this.hush();
    this.reply = r;
    this.asked = turn;
    this.words = "";
    this.mark(turn);
  }

  on_words({ text }) {
    this.words += text;
    this.view.caption("interviewer", this.words);
  }

  on_sentence(message) {
    if (this.playback && this.view.isAloud) this.playback.sentence(message, this.settings.inBrowser && !this.reader.isBroken);
    if (!this.words) this.view.caption("interviewer", message.text);
  }

  on_sound(message, samples) {
    if (this.view.isAloud) this.playback?.sound(message, samples);
    if (!this.sounds) this.drawSoon(300);
    this.sounds = true;
  }

  on_spoken(message) {
    this.playback?.whole(message);
  }

  on_mute({ why }) {
    this.view.say(`${why} The words are shown.`);
  }

  on_said({ turn, over }) {
    this.turn = turn;
    this.isOver = over;
    if (!over) this.drawSoon(this.sounds ? 300 : 600);
  }

  on_quiet({ turn }) {
    if (this.playback?.isPlaying) this.playback.quiet(turn);
    else this.played("end", turn);
  }

  on_cut() {
    this.draw();
  }

  on_back() {
    this.draw();
  }

  on_gone({ why }) {
    this.view.say(why);
  }

  played(kind) {
    if (kind !== "end") return this.show();
    this.reply = this.asked = null;
    this.isSaved = false;
    if (this.isOver) this.draw();
    this.rest();
    this.show();
  }

  /** Nobody speaks: after a while the interviewer says something. */
  rest() {
    clearTimeout(this.silence);
    if (!this.isFree || this.isOver || this.silences >= SILENCES) return;
    this.silence = setTimeout(() => {
      if (this.current || this.waiting.size || this.asked || this.troubles.length) return this.rest();
      this.silences++;
      this.line.send({ t: "ask", wish: "silence" });
    }, this.settings.silence * 1000);
  }

  /** A turn that was not spoken yet, such as the first, or the answer to something typed while the line was down. */
  sayNew() {
    if (isAfter(this.turn, this.spoken) && !this.asked && this.line.isOpen && this.context) this.say(this.turn);
  }

  say(turn) {
    this.hush();
    this.mark(turn);
    this.line.send({ t: "say", turn });
  }

  mark(turn) {
    this.spoken = turn;
    session.set(`coach.spoken.${this.settings.round}`, turn);
  }

  settle(u) {
    this.waiting.delete(u);
    this.outbox.settled(u);
    this.troubles = this.troubles.filter((each) => each.u !== u);
  }

  linked(isOpen, code) {
    if (!isOpen && code === 4409) this.view.say("This round is open in another tab, which speaks now. Reload to speak here.");
    if (!isOpen && code === 1008) this.settings.tell("renew", Date.now());
    this.show();
  }

  /** Has the page show what has been said, once nobody waits for sound: drawing it takes the browser a moment. */
  drawSoon(wait) {
    clearTimeout(this.drawing);
    this.drawing = setTimeout(() => this.draw(), wait);
  }

  draw() {
    clearTimeout(this.drawing);
    this.settings.tell("drawn", `${this.turn} ${performance.now()}`);
  }

  state() {
    if (!this.line.isOpen) return "lost";
    if (this.current) return "listening";
    if (this.playback?.isPlaying) return "speaking";
    if (this.waiting.size) return "thinking";
    if (this.asked) return this.isSaved ? "saved" : "thinking";
    return "yours";
  }

  show() {
    const state = this.state();
    this.view.state(state);
    if (state === "yours") this.view.caption("interviewer", ""); // by now it stands above
    this.view.trouble(this.troubles[0] ?? null);
  }
}

/** What this tab remembers while it is open. */
const session = {
  get(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch {}
  },
};
