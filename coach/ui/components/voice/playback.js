/** How loud the interviewer is while nobody, perhaps and very likely somebody is about to speak over them. */
const VOLUMES = [1, 0.12, 0];

/** What the interviewer says, a sentence after the other, and how much of it has been heard. Sound comes as pieces of
 * samples; where there is none, the browser's own voice reads the sentence; where there is no voice, it is only shown. */
class Playback {
  #context;
  #out;
  #sources = new Set();
  #sentences = [];
  #turn = null;
  #ends = 0;
  #reader;

  /** `tell` hears of `start`, `progress` and `end`; `reader` is the browser's voice, or null. */
  constructor(context, tell, reader) {
    this.#context = context;
    this.#reader = reader;
    this.tell = tell;
    this.#out = context.createGain();
    this.meter = context.createAnalyser();
    this.meter.fftSize = 256;
    this.#out.connect(this.meter);
    this.meter.connect(context.destination);
  }

  get isPlaying() {
    return this.#turn !== null;
  }

  get turn() {
    return this.#turn;
  }

  /** A sentence of a turn: its sound follows, or `read` says that the browser reads it. */
  sentence({ turn, n, spoken }, read) {
    if (turn !== this.#turn) {
      this.stop();
      this.#turn = turn;
      this.#ends = 0;
      this.tell("start", turn);
    }
    this.#sentences[n] = { spoken, seconds: 0, began: null, isWhole: false, isHeard: false, read, fraction: 0 };
    if (read && spoken) this.#read(n);
  }

  /** A piece of a sentence's sound: 16-bit samples, 24,000 a second. */
  sound({ turn, n }, samples) {
    const sentence = this.#sentences[n];
    if (turn !== this.#turn || !sentence || !samples.length) return;
    const buffer = this.#context.createBuffer(1, samples.length, 24_000);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i++) channel[i] = samples[i] / 32_768;
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#out);
    const at = Math.max(this.#ends, this.#context.currentTime + 0.01);
    sentence.began ??= at;
    sentence.seconds += buffer.duration;
    this.#ends = at + buffer.duration;
    source.onended = () => {
      this.#sources.delete(source);
      this.#look();
    };
    this.#sources.add(source);
    source.start(at);
  }

  /** No more sound comes for a sentence. */
  whole({ turn, n }) {
    if (turn !== this.#turn || !this.#sentences[n]) return;
    this.#sentences[n].isWhole = true;
    this.#look();
  }

  /** No more sentence comes for a turn. */
  quiet(turn) {
    if (turn !== this.#turn) return;
    this.isLast = true;
    this.#look();
  }

  /** How much has been heard: whole sentences, a fraction of the next, seconds in all. */
  heard() {
    const now = this.#context.currentTime;
    let played = 0;
    let fraction = 0;
    let seconds = 0;
    for (const sentence of this.#aloud()) {
      const gone = sentence.read
        ? sentence.readSeconds?.() ?? 0
        : sentence.began === null ? 0 : Math.min(sentence.seconds, Math.max(0, now - sentence.began));
      seconds += gone;
      const isOver = sentence.isHeard || (!sentence.read && sentence.isWhole && gone >= sentence.seconds - 0.02);
      if (!isOver) {
        // Of a sentence whose sound is still coming the length is not known: 14 characters a second, as people speak.
        const all = sentence.isWhole ? sentence.seconds : Math.max(sentence.seconds, sentence.spoken.length / 14);
        fraction = sentence.read ? sentence.fraction : all ? Math.min(1, gone / all) : 0;
        break;
      }
      played++;
    }
    return { played, fraction, seconds };
  }

  /** Lower the voice while somebody may be about to speak (see `Detection.stirs`), and raise it again where they were
   * not. */
  lower(stirs) {
    this.#out.gain.setTargetAtTime(VOLUMES[stirs], this.#context.currentTime, stirs ? 0.004 : 0.1);
  }

  /** Silence, at once. */
  stop() {
    for (const source of this.#sources) {
      source.onended = null;
      source.stop();
    }
    this.#sources.clear();
    this.#reader?.stop();
    this.#sentences = [];
    this.#turn = null;
    this.#ends = 0;
    this.isLast = false;
  }

  /** The sentences that have something to say; the others are on the screen. */
  #aloud() {
    return this.#sentences.filter((sentence) => sentence?.spoken);
  }

  #read(n) {
    const sentence = this.#sentences[n];
    const turn = this.#turn;
    const began = performance.now();
    sentence.readSeconds = () => (sentence.isHeard ? sentence.length : (performance.now() - began) / 1000);
    this.#reader.read(sentence.spoken, {
      at: (fraction) => (sentence.fraction = fraction),
      done: () => {
        sentence.length = (performance.now() - began) / 1000;
        sentence.isHeard = true;
        if (turn === this.#turn) this.#look();
      },
    });
  }

  #look() {
    if (this.#turn === null) return;
    const { played } = this.heard();
    this.tell("progress", this.#turn, played);
    if (!this.isLast || played < this.#aloud().length || this.#sources.size) return;
    const turn = this.#turn;
    this.stop();
    this.tell("end", turn);
  }
}

/** The browser's own voice. It may be there and have nothing to say with: what counts is whether it speaks. */
class Reader {
  constructor(speed) {
    this.speed = speed;
    this.isBroken = !window.speechSynthesis;
  }

  read(text, { at, done }) {
    if (this.isBroken) return done();
    const words = new SpeechSynthesisUtterance(text);
    words.lang = "en-US";
    words.rate = this.speed;
    words.onboundary = (event) => at(event.charIndex / text.length);
    words.onend = done;
    words.onerror = (event) => {
      if (!["interrupted", "canceled"].includes(event.error)) this.isBroken = true;
      done();
    };
    speechSynthesis.speak(words);
    // A browser without any voice may never say so: what has not begun by then does not speak.
    words.onstart = () => clearTimeout(waiting);
    const waiting = setTimeout(() => {
      this.isBroken = true;
      speechSynthesis.cancel();
      done();
    }, 3_000);
    words.addEventListener("end", () => clearTimeout(waiting));
    words.addEventListener("error", () => clearTimeout(waiting));
  }

  stop() {
    window.speechSynthesis?.cancel();
  }
}
