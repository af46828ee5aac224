// Runs beside the page: brings what the microphone hears to 16 kHz, whatever its rate, and posts it in frames of 20 ms
// (320 samples, Int16). What 16 kHz cannot carry is filtered out first: folded back, it would look like a voice.
const WANTED = 16_000;
const FRAME = 320;
const LOBES = 12;

const divisor = (one, other) => (other ? divisor(other, one % other) : one);

/** A low-pass at nine tenths of what both rates carry, once for each place that a sample can fall between two. */
class Resampler {
  constructor(rate) {
    const common = divisor(rate, WANTED);
    this.step = rate / common;
    this.phases = WANTED / common;
    const cutoff = (0.9 * Math.min(rate, WANTED)) / rate;
    this.reach = Math.ceil(LOBES / cutoff);
    this.kernels = Array.from({ length: this.phases }, (_, phase) => this.kernel(phase / this.phases, cutoff));
    this.held = new Float32Array(2 * this.reach);
    this.at = 0;
  }

  kernel(shift, cutoff) {
    const weights = Float32Array.from({ length: 2 * this.reach }, (_, place) => {
      const from = place - this.reach + 1 - shift;
      const angle = Math.PI * from * cutoff;
      return (angle ? Math.sin(angle) / angle : 1) * (0.5 + 0.5 * Math.cos((Math.PI * from) / (this.reach + 1)));
    });
    const total = weights.reduce((sum, each) => sum + each);
    return weights.map((each) => each / total);
  }

  /** Calls `take` with each sample at 16 kHz that these complete. */
  each(samples, take) {
    const all = new Float32Array(this.held.length + samples.length);
    all.set(this.held);
    all.set(samples, this.held.length);
    for (; Math.floor(this.at / this.phases) < samples.length; this.at += this.step) {
      const first = Math.floor(this.at / this.phases) + 1;
      const kernel = this.kernels[this.at % this.phases];
      let total = 0;
      for (let place = 0; place < kernel.length; place++) total += kernel[place] * all[first + place];
      take(total);
    }
    this.at -= samples.length * this.phases;
    this.held = all.slice(samples.length);
  }
}

class Frames extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
  }

  process([[samples]]) {
    if (samples) this.resampler.each(samples, (sample) => this.take(sample));
    return true;
  }

  take(sample) {
    this.frame[this.filled++] = Math.round(32_767 * Math.max(-1, Math.min(1, sample)));
    if (this.filled < FRAME) return;
    this.port.postMessage(this.frame, [this.frame.buffer]);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
  }
}

registerProcessor("coach-frames", Frames);
