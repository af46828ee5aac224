"""What holds for every voice, however it is reached."""

from __future__ import annotations

import time

from coach.domain.speech import SPOKEN_RATE, Heard
from coach.ports import Voice
from coach.voices.tones import fingerprint
from tests.doubles.speech_script import SpeechDouble
from tests.voices.speaking import HEARD, RECORDING, SILENCE, hear, hearing, say, saying, sine


def test_what_is_heard_comes_last_and_whole(voice: Voice) -> None:
    came = hear(voice)
    assert came.error is None
    assert came.heard == Heard(text=HEARD)


def test_another_recording_is_heard_otherwise(voice: Voice) -> None:
    came = hear(voice, sine(1_000, 0.5))
    assert came.heard == Heard(text="A tone of 1000 hertz for 0.5 seconds.")


def test_silence_is_no_words_and_no_error(voice: Voice) -> None:
    came = hear(voice, SILENCE)
    assert came.error is None
    assert came.heard == Heard(text="")


def test_a_recording_too_short_for_a_word_is_not_sent(voice: Voice, double: SpeechDouble) -> None:
    for sound in (b"", b"\x01", sine(440, 0.09)):
        assert hear(voice, sound).heard == Heard(text="")
    assert double.requests == []


def test_half_a_sample_at_the_end_of_a_recording_is_left_out(voice: Voice) -> None:
    assert hear(voice, RECORDING + b"\x01").heard == Heard(text=HEARD)


def test_speech_is_sound_in_whole_samples(voice: Voice) -> None:
    came = say(voice)
    assert came.error is None
    assert came.pieces > 1
    spoken = fingerprint(came.sound, SPOKEN_RATE)
    assert spoken.energy > 0.1
    assert spoken.hertz is not None


def test_a_longer_text_takes_longer(voice: Voice) -> None:
    assert len(say(voice, "One two three four.").sound) > len(say(voice, "One two.").sound)


def test_the_same_text_sounds_the_same(voice: Voice) -> None:
    assert say(voice).sound == say(voice).sound


def test_faster_speech_is_shorter(voice: Voice) -> None:
    assert len(say(voice, speed=2.0).sound) < len(say(voice).sound)


def test_a_text_without_a_word_takes_no_sound(voice: Voice, double: SpeechDouble) -> None:
    assert say(voice, " \n").sound == b""
    assert double.requests == []


def test_a_voice_can_be_closed_at_any_moment(voice: Voice) -> None:
    heard, spoken = hearing(voice), saying(voice)
    next(heard)
    next(spoken)
    heard.close()
    spoken.close()
    assert list(heard) == []
    assert list(spoken) == []
    assert hear(voice).heard == Heard(text=HEARD)


def ends(double: SpeechDouble) -> bool:
    """Whether the only request was let go of before it was whole."""
    (seen,) = double.requests
    deadline = time.monotonic() + 3
    while not seen.ended and time.monotonic() < deadline:
        time.sleep(0.01)
    return seen.ended and not seen.whole


def test_closing_a_transcript_cancels_the_request(streaming: Voice, double: SpeechDouble) -> None:
    double.piece_seconds = 0.05
    heard = hearing(streaming)
    assert next(heard) == "A"
    heard.close()
    assert ends(double)


def test_closing_speech_cancels_the_request(remote: Voice, double: SpeechDouble) -> None:
    double.piece_seconds = 0.05
    spoken = saying(remote)
    next(spoken)
    spoken.close()
    assert ends(double)


def test_nothing_is_sent_before_somebody_listens(remote: Voice, double: SpeechDouble) -> None:
    remote.transcribe(RECORDING)
    remote.speak("Hello.")
    assert double.requests == []
