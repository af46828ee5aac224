// Opens the microphone and hands on its frames. Whether it works is known only when it is used: what goes wrong is
// told by kind, whenever it happens.
const TROUBLES = {
  NotAllowedError: "blocked",
  SecurityError: "blocked",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};
const MONO = { channelCount: 1, channelCountMode: "explicit" };
const WISHES = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** `hear` gets each frame of 20 ms (Int16Array, 320 samples, 16 kHz). `fail` gets {kind, detail} once for each opening
 *  that fails or breaks off: `insecure` (no https and not localhost), `blocked`, `none`, `busy`, `unplugged`, or
 *  `failed` where a browser says something else. `level` is for a meter: 0 to 1. */
class Microphone {
  constructor({ hear, fail }) {
    this.hear = hear;
    this.fail = fail;
    this.level = 0;
    this.opening = null;
  }

  /** Call it from a click: a browser may start no sound before one. True once frames come. */
  async open() {
    const before = this.opening;
    const opening = (this.opening = {});
    const isOver = () => this.opening !== opening;
    if (before) await stop(before);
    if (isOver()) return false;
    try {
      if (!isSecureContext || !navigator.mediaDevices) return this.breakOff("insecure", location.origin);
      const context = (opening.context = new AudioContext());
      opening.stream = await navigator.mediaDevices.getUserMedia({ audio: WISHES });
      if (isOver()) return stop(opening);
      const [track] = opening.stream.getAudioTracks();
      track.onended = () => this.breakOff("unplugged", track.label);
      await Promise.all([context.resume(), load(context)]);
      if (isOver()) return stop(opening);
      opening.node = new AudioWorkletNode(context, "coach-frames", { numberOfOutputs: 0, ...MONO });
      opening.node.port.onmessage = ({ data }) => this.take(data);
      opening.node.onprocessorerror = () => this.breakOff("failed", "the sound processor stopped");
      opening.source = context.createMediaStreamSource(opening.stream);
      opening.source.connect(opening.node);
      return true;
    } catch (error) {
      if (isOver()) return stop(opening);
      return this.breakOff(TROUBLES[error.name] ?? "failed", `${error.name}: ${error.message}`);
    }
  }

  /** Stops the microphone: its light goes out. */
  async close() {
    const opening = this.opening;
    this.opening = null;
    this.level = 0;
    if (opening) await stop(opening);
  }

  take(frame) {
    if (!this.opening) return;
    this.level = Math.max(loudness(frame), 0.9 * this.level);
    this.hear(frame);
  }

  async breakOff(kind, detail) {
    await this.close();
    this.fail({ kind, detail });
    return false;
  }
}

const load = async (context) => {
  const url = URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" }));
  try {
    await context.audioWorklet.addModule(url);
  } finally {
    URL.revokeObjectURL(url);
  }
};

/** Of an opening, as far as it came. */
const stop = async (opening) => {
  const { context, stream, node } = opening;
  opening.context = null; // twice closed is an error
  for (const track of stream?.getTracks() ?? []) {
    track.onended = null;
    track.stop();
  }
  if (node) node.port.onmessage = null;
  await context?.close();
  return false;
};
