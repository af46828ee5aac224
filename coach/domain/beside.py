"""What stands beside a round's grade and is in none of it: what its candidate thinks of it, what they answered once
more, and what people said."""

from __future__ import annotations

from collections.abc import Iterable

from coach.domain.remarks import Comment, Dismissal, Dispute, Remark
from coach.domain.retry import Retry
from coach.domain.self_rating import SelfRating
from coach.domain.value import Value


class Beside(Value):
    """All of it, each kind in the order it was given; whatever there is none of is empty."""

    self_ratings: tuple[SelfRating, ...] = ()
    retries: tuple[Retry, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    comments: tuple[Comment, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()

    @property
    def remarks(self) -> tuple[Dispute | Comment | Dismissal, ...]:
        """What people said, the oldest first."""
        said: tuple[Dispute | Comment | Dismissal, ...] = (*self.disputes, *self.comments, *self.dismissals)
        return tuple(sorted(said, key=lambda each: each.at))


def beside(ratings: Iterable[SelfRating], retries: Iterable[Retry], remarks: Iterable[Remark]) -> Beside:
    """The same, of everything that was said of a round; how a review went is left out."""
    said = tuple(remarks)
    return Beside(
        self_ratings=tuple(ratings),
        retries=tuple(retries),
        disputes=tuple(each for each in said if isinstance(each, Dispute)),
        comments=tuple(each for each in said if isinstance(each, Comment)),
        dismissals=tuple(each for each in said if isinstance(each, Dismissal)),
    )
