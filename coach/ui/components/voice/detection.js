// Hears when somebody begins and ends to speak, frame by frame: 20 ms of 16 kHz samples. It knows no page and no
// clock; time is counted in frames. Loudness alone opens nothing: a voice is periodic, an open mouth has energy above
// a hum's, and words change their sound within a tenth of a second, which coughs, keys and "uh-huh" do not.
const RATE = 16_000;
const FRAME = 320;
const SECOND = RATE / FRAME;
const WINDOW = 2 * FRAME;
const POINTS = 1024;
const PITCH = { from: RATE / 400, to: Math.floor(RATE / 75) };
/** Edges of the bands in hertz: two that a hum fills, five that an open mouth fills, one that an "s" fills. */
const EDGES = [80, 350, 700, 1_000, 1_400, 2_000, 2_800, 3_600, 7_600];
const HUM = 2;
const HISS = EDGES.length - 2;

/** A microphone's own noise, as power. */
const QUIETEST = 1e-5;
/** Times the floor. */
const LOUD = 4;
/** White, pink and low noise stay under 0.25. */
const VOICED = 0.3;
/** Of the power that a hum fills, the share that is above it. */
const OPEN = 0.02;
/** Frames: kept before an onset, and at all. */
const BEFORE = 20;
const KEPT = 120;

/** Of a tapered window's spectrum, so that a sine of full scale has half a power of 1. */
const SCALE = 2 / (POINTS * WINDOW * 0.375);

const bin = (hertz) => Math.round((hertz * POINTS) / RATE);
const sum = (values, from = 0, to = values.length) => {
  let total = 0;
  for (let place = from; place < to; place++) total += values[place];
  return total;
};

/** How loud a frame is on a meter: 0 at 60 dB under full scale, 1 at full scale. */
const loudness = (frame) => {
  const power = sum(Float64Array.from(frame, (sample) => (sample / 32_768) ** 2)) / frame.length;
  return Math.min(1, Math.max(0, 1 + Math.log10(power + 1e-9) / 6));
};

const COSINES = Float64Array.from({ length: POINTS }, (_, place) => Math.cos((2 * Math.PI * place) / POINTS));
const SINES = Float64Array.from({ length: POINTS }, (_, place) => -Math.sin((2 * Math.PI * place) / POINTS));

/** Fourier's, in place, of POINTS values. */
const transform = (real, imaginary) => {
  for (let place = 1, other = 0; place < POINTS; place++) {
    let bit = POINTS >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (place < other) {
      [real[place], real[other]] = [real[other], real[place]];
      [imaginary[place], imaginary[other]] = [imaginary[other], imaginary[place]];
    }
  }
  for (let half = 1; half < POINTS; half *= 2) {
    for (let turn = 0; turn < half; turn++) {
      const cosine = COSINES[(turn * POINTS) / (2 * half)];
      const sine = SINES[(turn * POINTS) / (2 * half)];
      for (let one = turn; one < POINTS; one += 2 * half) {
        const two = one + half;
        const re = real[two] * cosine - imaginary[two] * sine;
        const im = real[two] * sine + imaginary[two] * cosine;
        real[two] = real[one] - re;
        imaginary[two] = imaginary[one] - im;
        real[one] += re;
        imaginary[one] += im;
      }
    }
  }
};

/** What the last 40 ms sound like: the power in each band (1 is full scale), and how periodic they are (0 to 1). */
class Spectrum {
  constructor() {
    this.samples = new Float64Array(WINDOW);
    this.taper = Float64Array.from(this.samples, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / WINDOW));
    this.real = new Float64Array(POINTS);
    this.imaginary = new Float64Array(POINTS);
    this.fading = this.taper.map((_, lag) => sum(this.taper.map((one, n) => one * (this.taper[n + lag] ?? 0))));
  }

  of(frame) {
    this.samples.copyWithin(0, FRAME);
    for (let place = 0; place < FRAME; place++) this.samples[FRAME + place] = frame[place] / 32_768;
    this.real.fill(0);
    this.imaginary.fill(0);
    for (let place = 0; place < WINDOW; place++) this.real[place] = this.samples[place] * this.taper[place];
    transform(this.real, this.imaginary);
    const power = this.real.map((re, place) => re * re + this.imaginary[place] ** 2);
    const bands = EDGES.slice(1).map((edge, place) => SCALE * sum(power, bin(EDGES[place]), bin(edge)));
    return { bands, periodic: this.periodic(power) };
  }

  /** The autocorrelation's highest peak at a voice's pitch. The square root of the power keeps a single strong tone
   * or a rumble from looking like a voice. */
  periodic(power) {
    this.real.fill(0);
    this.imaginary.fill(0);
    for (let place = bin(70); place < bin(3_000); place++) {
      this.real[place] = this.real[POINTS - place] = Math.sqrt(power[place]);
    }
    transform(this.real, this.imaginary);
    let best = 0;
    for (let lag = PITCH.from; lag <= PITCH.to; lag++) {
      best = Math.max(best, (this.real[lag] / this.real[0]) * (this.fading[0] / this.fading[lag]) || 0); // 0 / 0
    }
    return best;
  }
}

/** The power of steady noise: the least that the smoothed power was for three seconds. */
class Floor {
  constructor(least) {
    this.least = least;
    this.smoothed = [];
  }

  of(power) {
    const last = this.smoothed.at(-1) ?? power;
    this.smoothed.push(last + 0.1 * (power - last));
    if (this.smoothed.length > 3 * SECOND) this.smoothed.shift();
    return Math.max(this.least, Math.min(...this.smoothed));
  }
}

/** The middle of the last three seconds' powers: what a room full of people comes to. */
class Room {
  constructor() {
    this.powers = [];
    this.middle = 0;
  }

  hear(power) {
    this.powers.push(power);
    if (this.powers.length > 3 * SECOND) this.powers.shift();
    this.middle = this.powers.toSorted((one, other) => one - other)[this.powers.length >> 1];
  }
}

/** How bands compare: decibels from their mean. */
const shape = (bands) => {
  const decibels = bands.map((power) => 10 * Math.log10(power + 1e-9));
  const mean = sum(decibels) / decibels.length;
  return decibels.map((each) => each - mean);
};

/** How far apart any two of these sounds are, in decibels a band. Neighbours share samples and are not compared. */
const change = (sounds) => {
  let most = 0;
  sounds.forEach((one, place) => {
    for (const other of sounds.slice(place + 2)) {
      most = Math.max(most, sum(one.shape.map((each, band) => Math.abs(each - other.shape[band]))) / one.shape.length);
    }
  });
  return most;
};

const count = (sounds, kind) => sounds.reduce((total, each) => total + each[kind], 0);

/** Feed it every frame with `hear`. It answers with nothing, or with what happened:
 *  {kind: "start" | "interrupt", onset, frames}: a turn began, over the interviewer's voice where `speaking` is set;
 *  `frames` reach back to 400 ms before the onset. {kind: "end", ended}: silence since then, as long as the patience.
 *  Onset and end are seconds since the first frame. `level` is for a meter: 0 to 1. */
class Detection {
  constructor({ patience = 4 } = {}) {
    this.patience = patience;
    this.speaking = false;
    this.held = false;
    this.level = 0;
    this.now = 0;
    this.turn = null;
    this.spectrum = new Spectrum();
    this.room = new Room();
    this.floor = new Floor(QUIETEST);
    this.floors = EDGES.slice(1).map(() => new Floor(QUIETEST / 10));
    this.kept = [];
    this.sounds = [];
  }

  /** Seconds of silence that end a turn: 1 to 10. */
  set patience(seconds) {
    this.silence = Math.min(10, Math.max(1, seconds)) * SECOND;
  }

  /** The key is down: nothing is decided until `release`. Answers with the 400 ms before. */
  hold() {
    this.held = true;
    this.turn = null;
    this.sounds = [];
    return this.kept.slice(-BEFORE);
  }

  release() {
    this.held = false;
    this.sounds = [];
  }

  /** How likely somebody is about to speak, while it is too early to tell: 0 not, 1 perhaps (a voice or an "s"), 2 very
   * (an open mouth, which "mm-hm" is not, and sooner after an "s"). */
  get stirs() {
    if (this.turn) return 0;
    const last = this.sounds.slice(-4);
    const isAfterHiss = count(this.sounds.slice(-10), "isHiss") >= 2;
    if (count(last, "isOpen") >= 3 || (isAfterHiss && count(last.slice(-2), "isOpen"))) return 2;
    return count(last, "isVoiced") + count(last, "isHiss") >= 3 ? 1 : 0;
  }

  hear(frame) {
    this.now += 1;
    this.kept.push(frame);
    if (this.kept.length > KEPT) this.kept.shift();
    this.level = loudness(frame);
    const sound = this.sound(this.spectrum.of(frame));
    if (this.held) return null;
    this.sounds.push(sound);
    if (this.sounds.length > KEPT - BEFORE) this.sounds.shift();
    return this.turn ? this.ends(sound) : this.begins(sound);
  }

  sound({ bands, periodic }) {
    const power = sum(bands, 0, HISS);
    const least = this.floor.of(power);
    const floors = this.floors.map((floor, place) => floor.of(bands[place]));
    const above = bands.map((band, place) => Math.max(band - 1.5 * floors[place], floors[place] / 2));
    if (!this.turn && !this.held) this.room.hear(power);
    const other = this.turn ? this.turn.loudest / 1_000 : this.room.middle; // 24 dB less than the turn is none of it
    const isLoud = power > LOUD * Math.max(least, other);
    const isVoiced = isLoud && periodic > VOICED;
    const high = sum(above, HUM, HISS);
    return {
      power,
      isLoud,
      isVoiced,
      isOpen: isVoiced && high > OPEN * sum(above, 0, HUM),
      isHiss: !isVoiced && bands[HISS] > LOUD * floors[HISS] && bands[HISS] > 3 * high,
      shape: shape(above.slice(0, HISS)),
    };
  }

  /** Speech begins with a voice that changes within 200 ms, with a voice after an "s", or with one that goes on for
   * longer than an "uh-huh". */
  begins(sound) {
    if (!sound.isVoiced) return null;
    const last = this.sounds.slice(-10);
    const voiced = last.filter((each) => each.isVoiced);
    const breath = this.sounds.slice(-14).filter((each) => each.isLoud && !each.isVoiced && !each.isHiss).length;
    if (breath >= 5 && voiced.length < 7) return null; // a cough's end may be voiced
    const peak = Math.max(...voiced.map((each) => each.power));
    const clear = voiced.filter((each) => each.power > peak / 10);
    const hiss = count(last, "isHiss");
    const changed = voiced.length >= 4 ? change(clear) : 0;
    const isSpeech =
      (count(clear, "isOpen") >= 3 &&
        (hiss >= 3 || (hiss === 2 && voiced.length >= 4) || changed > (voiced.length >= 5 ? 3.5 : 5))) ||
      count(this.sounds.slice(-30), "isOpen") >= 20;
    if (!isSpeech) return null;
    const length = this.length();
    this.turn = { voice: this.now, sound: this.now, loudest: peak, waited: 0 };
    const kind = this.speaking ? "interrupt" : "start";
    return { kind, onset: (this.now - length) / SECOND, frames: this.kept.slice(-(length + BEFORE)) };
  }

  /** Frames since it began to sound, with gaps of no more than 60 ms. */
  length() {
    let length = 0;
    for (let back = 1; back <= this.sounds.length && back - length <= 4; back++) {
      const { isLoud, isHiss } = this.sounds.at(-back);
      if (isLoud || isHiss) length = back;
    }
    return length;
  }

  /** Only a voice keeps a turn open, with what hangs on to it, as an "s"; at the last moment, what may become a voice
   * is waited for. */
  ends(sound) {
    const turn = this.turn;
    const last = this.sounds.slice(-5);
    turn.loudest = Math.max(sound.power, 0.995 * turn.loudest);
    if (count(last, "isVoiced") >= 3) {
      turn.voice = turn.sound = this.now;
      turn.waited = 0;
    } else if ((sound.isLoud || sound.isHiss) && this.now - turn.sound <= 3 && this.now - turn.voice < 15) {
      turn.sound = this.now;
    }
    if (this.now - turn.sound < this.silence) return null;
    if (count(last, "isVoiced") + count(last, "isHiss") && turn.waited++ < 10) return null;
    this.turn = null;
    this.sounds = [];
    return { kind: "end", ended: turn.sound / SECOND };
  }
}
