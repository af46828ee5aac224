const ROOMS = new WeakMap();

/** Space talks as long as it is held, wherever nothing is written or pressed with it. */
const isFreeSpace = (event) =>
  event.code === "Space" && !event.altKey && !event.ctrlKey && !event.metaKey &&
  !event.composedPath()[0]?.matches?.("input, textarea, select, button, a, summary, [contenteditable=true], [role=radio]");

export default function ({ data, parentElement, setTriggerValue }) {
  const settings = { ...data, tell: setTriggerValue };
  const root = parentElement.querySelector(".voice");
  let room = ROOMS.get(root);
  if (room) {
    room.update(settings);
    return room.leave;
  }
  room = data.round ? new VoiceRoom(new View(root), settings) : new VoiceTrial(root, settings);
  ROOMS.set(root, room);
  const down = (event) => {
    if (!isFreeSpace(event)) return;
    event.preventDefault();
    if (!event.repeat) room.press();
  };
  const up = (event) => event.code === "Space" && room.release();
  document.addEventListener("keydown", down);
  document.addEventListener("keyup", up);
  room.leave = () => {
    document.removeEventListener("keydown", down);
    document.removeEventListener("keyup", up);
    ROOMS.delete(root);
    room.close();
  };
  if (navigator.userActivation?.hasBeenActive && data.round) room.open().then(() => room.sayNew());
  return room.leave;
}
