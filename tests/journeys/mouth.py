"""What a candidate says into the microphone of a journey: sound of our own in the place of a device."""

from __future__ import annotations

import base64

from playwright.sync_api import Page

_DEVICE = """
(() => {
  const context = new AudioContext({ sampleRate: 48000 });
  const device = context.createMediaStreamDestination();
  const unplugged = [];
  window.mouth = {
    say: async (wav) => {
      await context.resume();
      const bytes = Uint8Array.from(atob(wav), (sign) => sign.charCodeAt(0));
      const source = context.createBufferSource();
      source.buffer = await context.decodeAudioData(bytes.buffer);
      source.connect(device);
      window.mouth.began = performance.now();
      await new Promise((over) => { source.onended = over; source.start(); });
      window.mouth.ended = performance.now();
    },
    unplug: () => { for (const track of unplugged) { track.stop(); track.dispatchEvent(new Event("ended")); } },
  };
  navigator.mediaDevices.getUserMedia = async () => {
    if (window.mouth.refuses) throw new DOMException("no", window.mouth.refuses);
    const stream = device.stream.clone();
    unplugged.push(...stream.getTracks());
    return stream;
  };
})();
"""


class Mouth:
    """The microphone of a page; made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(_DEVICE)

    def say(self, wav: bytes) -> None:
        """Say this, and return once it is said."""
        self._page.evaluate("(wav) => window.mouth.say(wav)", base64.b64encode(wav).decode())

    def begin(self, wav: bytes) -> None:
        """Begin to say this."""
        self._page.evaluate("(wav) => void window.mouth.say(wav)", base64.b64encode(wav).decode())

    def unplug(self) -> None:
        self._page.evaluate("() => window.mouth.unplug()")

    def refuse(self, error: str) -> None:
        """Have the browser refuse the microphone, by the name of its error."""
        self._page.evaluate("(error) => (window.mouth.refuses = error)", error)
