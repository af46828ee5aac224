/** The browser's own recogniser. That it exists says nothing: what counts is what it hears, or the error it gives. */
class Recogniser {
  #recogniser = null;
  #final = "";
  #interim = "";
  #done = null;

  /** `tell("words", text)` as words come, `tell("broken", why)` once it turns out not to work. */
  constructor(tell) {
    this.tell = tell;
    this.isBroken = !(window.SpeechRecognition || window.webkitSpeechRecognition);
  }

  /** Listens from now on, if it does not already. */
  listen() {
    if (this.isBroken || this.#recogniser) return;
    const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
    const one = new Recognition();
    one.continuous = true;
    one.interimResults = true;
    one.lang = "en-US";
    this.#final = this.#interim = "";
    one.onresult = (event) => {
      this.#interim = "";
      for (let i = event.resultIndex; i < event.results.length; i++) {
        const result = event.results[i];
        if (result.isFinal) this.#final += `${result[0].transcript} `;
        else this.#interim += result[0].transcript;
      }
      this.tell("words", this.#words());
    };
    one.onerror = (event) => {
      if (["no-speech", "aborted"].includes(event.error)) return;
      this.isBroken = true;
      this.tell("broken", event.error);
    };
    one.onend = () => {
      if (this.#recogniser === one && !this.#done && !this.isBroken) {
        try {
          one.start(); // some stop by themselves after a while
          return;
        } catch {
          this.isBroken = true;
          this.tell("broken", "ended");
        }
      }
      if (this.isBroken) this.#recogniser = null;
      this.#done?.(this.#words());
    };
    try {
      one.start();
      this.#recogniser = one;
    } catch (error) {
      this.isBroken = true;
      this.tell("broken", error.name);
    }
  }

  /** What was heard since it began to listen; waits for the last words, two seconds at most. */
  stop() {
    const one = this.#recogniser;
    if (!one) return Promise.resolve("");
    return new Promise((resolve) => {
      const finish = (words) => {
        if (!this.#done) return;
        this.#done = null;
        this.#recogniser = null;
        clearTimeout(waiting);
        resolve(words);
      };
      const waiting = setTimeout(() => finish(this.#words()), 2_000);
      this.#done = finish;
      try {
        one.stop();
      } catch {
        finish(this.#words());
      }
    });
  }

  #words() {
    return `${this.#final}${this.#interim}`.replace(/\s+/g, " ").trim();
  }
}
