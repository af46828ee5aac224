"""Hears what goes into a page's microphone and what comes out of its playback.

A processor beside each notes when there is any sound, in the browser's own audio threads and by one clock, so that
a busy page delays no note. What a sound card adds comes on top.
"""

from __future__ import annotations

from typing import NamedTuple

EARS = """
(() => {
  const heard = (window.heard = { mouth: [], output: [] });
  if (!window.isSecureContext) return;
  const source = `registerProcessor("bench-ear", class extends AudioWorkletProcessor {
    process([[samples]]) {
      const now = Date.now();
      if (samples?.some((sample) => Math.abs(sample) > 0.001)) {
        if (!this.sounds) this.port.postMessage(["began", now]);
        this.sounds = now;
      } else if (this.sounds && now - this.sounds > 40) {
        this.port.postMessage(["ended", this.sounds]);
        this.sounds = 0;
      }
      return true;
    }
  });`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const ears = new WeakMap();
  const ear = async (node, spans) => {
    await node.context.audioWorklet.addModule(url);
    const hears = new AudioWorkletNode(node.context, "bench-ear", { numberOfOutputs: 0 });
    hears.port.onmessage = ({ data: [kind, at] }) => {
      if (kind === "began") spans.push([at, null]);
      else spans.at(-1)[1] = at;
    };
    ears.set(node, hears);
    return hears;
  };
  const { createAnalyser } = BaseAudioContext.prototype;
  BaseAudioContext.prototype.createAnalyser = function () {
    const meter = createAnalyser.call(this);
    ear(meter, heard.output).then((hears) => meter.connect(hears));
    return meter;
  };
  const { createMediaStreamDestination } = AudioContext.prototype;
  AudioContext.prototype.createMediaStreamDestination = function () {
    const device = createMediaStreamDestination.call(this);
    ear(device, heard.mouth);
    return device;
  };
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (ears.has(to)) connect.call(this, ears.get(to));
    return connect.call(this, to, ...rest);
  };
})();
"""
"""A script for the page. It keeps spans of the microphone's sound and of the playback's: `[began, ended]` in
milliseconds of the clock, `ended` null while it lasts. A pause of 40 ms ends a span."""

Span = tuple[float, float | None]


class Sounds(NamedTuple):
    """What was heard so far."""

    mouth: list[Span]
    output: list[Span]
