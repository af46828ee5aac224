/** The line to the server. It comes back by itself; what was not acknowledged is sent again. */
class Line {
  #socket = null;
  #tries = 0;
  #timer = 0;
  #isClosed = false;

  /** `tell(message, samples)` hears what the server says; `state(isOpen, code)` how the line stands. */
  constructor(token, tell, state) {
    this.token = token;
    this.tell = tell;
    this.state = state;
    this.#open();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN && this.isReady;
  }

  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** A piece of an utterance's sound: see messages.py for its form. */
  sendSound(id, seq, samples) {
    if (!this.isOpen) return false;
    const data = new Uint8Array(20 + samples.byteLength);
    for (let i = 0; i < 16; i++) data[i] = Number.parseInt(id.slice(2 * i, 2 * i + 2), 16);
    new DataView(data.buffer).setUint32(16, seq, true);
    data.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 20);
    this.#socket.send(data);
    return true;
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  /** Goes on with a new token, where the old one is not good any more. */
  renew(token) {
    const isWaiting = token !== this.token && this.#socket?.readyState !== WebSocket.OPEN;
    this.token = token;
    if (!isWaiting || this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#tries = 0;
    this.#open();
  }

  #open() {
    this.isReady = false;
    const address = new URL("/voice", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify({ t: "hello", token: this.token }));
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#take(data);
    };
    socket.onclose = ({ code }) => {
      if (this.#isClosed || socket !== this.#socket) return;
      this.isReady = false;
      this.state(false, code);
      if (code === 4409 || code === 4404) return;
      this.#timer = setTimeout(() => this.#open(), Math.min(5_000, 250 * 2 ** this.#tries++));
    };
    this.#socket = socket;
  }

  #take(data) {
    let message;
    let samples = null;
    if (typeof data === "string") message = JSON.parse(data);
    else {
      const length = new DataView(data).getUint32(0, true);
      message = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
      samples = new Int16Array(data.slice(4 + length));
    }
    if (message.t === "ready") {
      this.isReady = true;
      this.#tries = 0;
      this.state(true);
    }
    this.tell(message, samples);
  }
}

/** What is said, kept here until the server has said that it keeps it. */
class Outbox {
  #utterances = new Map();

  constructor() {
    this.line = null;
  }

  begin(ago) {
    const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const began = performance.now() - ago * 1000;
    this.#utterances.set(id, { began, pieces: [], kept: new Set(), rest: [], size: 0, end: null });
    this.line?.send({ t: "begin", u: id, ago: Math.max(0, ago) });
    return id;
  }

  /** Takes 20 ms of samples; half a second of them is a piece. */
  add(id, samples) {
    const it = this.#utterances.get(id);
    if (!it || it.end) return;
    it.rest.push(samples);
    it.size += samples.length;
    if (it.size >= 8_000) this.#cut(id, it);
  }

  seconds(id) {
    const it = this.#utterances.get(id);
    return it ? (performance.now() - it.began) / 1000 : 0;
  }

  end(id, text = null) {
    const it = this.#utterances.get(id);
    if (!it) return;
    if (it.size) this.#cut(id, it);
    it.end = { t: "end", u: id, pieces: it.pieces.length, text };
    this.line?.send(it.end);
  }

  stored(id, seq) {
    this.#utterances.get(id)?.kept.add(seq);
  }

  /** Nothing more has to be known of an utterance: it is a turn, or given up. */
  settled(id) {
    this.#utterances.delete(id);
  }

  has(id) {
    return this.#utterances.has(id);
  }

  /** Sends again what may not have arrived. */
  again() {
    for (const [id, it] of this.#utterances) {
      this.line.send({ t: "begin", u: id, ago: Math.min(300, (performance.now() - it.began) / 1000) });
      it.pieces.forEach((piece, seq) => it.kept.has(seq) || this.line.sendSound(id, seq, piece));
      if (it.end) this.line.send(it.end);
    }
  }

  missing(id, seqs) {
    const it = this.#utterances.get(id);
    if (!it) return;
    for (const seq of seqs) if (it.pieces[seq]) this.line.sendSound(id, seq, it.pieces[seq]);
    this.line.send(it.end);
  }

  #cut(id, it) {
    const piece = new Int16Array(it.size);
    let at = 0;
    for (const part of it.rest) {
      piece.set(part, at);
      at += part.length;
    }
    it.rest = [];
    it.size = 0;
    it.pieces.push(piece);
    this.line?.sendSound(id, it.pieces.length - 1, piece);
  }
}
