"""The runner seam: map a stage over items here, in processes beside, or on a cluster; it knows nothing of the stage."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tellings.run.local import Here
from tellings.run.records import Failure, Limits, Runner
from tellings.run.workers import Processes

if TYPE_CHECKING:
    from tellings.run.cluster import Cluster

__all__ = ["Failure", "Here", "Limits", "Processes", "Runner", "runner", "workers"]


def workers(count: int = 1, limits: Limits | None = None) -> Here | Processes:
    """A runner in so many processes beside this one; on Windows, where pipes cannot be waited for, in this one."""
    return Here() if sys.platform == "win32" else Processes(count, limits)


def runner(processes: int = 1, cluster: str | None = None) -> Here | Processes | Cluster:
    """A runner in so many processes, of a cluster where one is named; one process is this one.

    Raises:
        TellingsError: when the cluster cannot be reached, or what it needs is not installed.

    """
    if cluster is not None:
        from tellings.run.cluster import Cluster

        return Cluster(cluster, processes)
    return workers(processes) if processes > 1 else Here()
