"""The pages of a small site about a tool that does not exist, with what readers of pages lose most often."""

from __future__ import annotations

from bench.documents.source import Code, Formula, Heading, Items, Note, Page, Table, Tabs, Terms, Text

INDEX = Page(
    "index",
    "Ferry",
    (
        Text(
            "Ferry copies folders between machines and tells what it did. It sends only what changed, keeps the "
            "times of files, and goes on where a connection broke."
        ),
        Heading(2, "What it is for"),
        Items(
            (
                ("Copies that run every night, without anybody at the keyboard", ()),
                ("Large folders of small files", ("mail", "photographs", "the objects of a `git` repository")),
                ("Machines that are not always on", ()),
            )
        ),
        Heading(2, "A first copy"),
        Text("Name the folder to copy and the machine to copy it to:"),
        Code("bash", "ferry copy ~/notes harbour:/srv/notes\n\nferry list harbour  # what is there"),
        Text("The second copy of the same folder takes **seconds**, because Ferry remembers what it sent."),
        Note("Note", "Ferry never deletes a file at the other end, unless it is started with `--mirror`."),
    ),
)

INSTALL = Page(
    "install",
    "Installation",
    (
        Text("Ferry runs on Linux and needs Python 3.11 or later. Choose the way that fits your system."),
        Tabs(
            (
                ("Debian", Code("bash", "sudo apt-get install ferry")),
                ("Alpine", Code("bash", "apk add ferry")),
                ("From source", Code("bash", "git clone https://ferry.example/ferry.git\ncd ferry\nmake install")),
            )
        ),
        Heading(2, "Check the installation"),
        Text("The command prints its version and the folder that it keeps its state in:"),
        Code("text", "$ ferry --version\nferry 2.4.1\nstate: /var/lib/ferry"),
        Heading(2, "Upgrade"),
        Items(
            (
                ("Stop the service that runs at night.", ()),
                ("Install the new version.", ("as a package, or", "from source")),
                ("Run `ferry migrate`, which takes a minute at most.", ()),
            ),
            is_numbered=True,
        ),
        Note("Warning", "A version before 2.0 cannot read the state of a later one. Keep a copy of the folder."),
        Text("Changed in version 2.3: the state is kept in one file."),
    ),
)

GUIDE = Page(
    "guide",
    "Write a plan",
    (
        Text(
            "A plan is a file that says what is copied, where to, and when. Ferry reads all plans in the folder "
            "`~/.config/ferry`, in the order of their names."
        ),
        Code(
            "yaml",
            "name: notes\nfrom: ~/notes\nto: harbour:/srv/notes\nevery: 1h\nskip:\n  - '*.tmp'\n  - .cache/\n\n"
            "limits:\n  rate: 4 MB/s",
        ),
        Heading(2, "Comments"),
        Text("A line that begins with `#` is a comment. Comments are kept when Ferry writes a plan anew."),
        Heading(2, "How long it waits"),
        Text("After the attempt number n that failed, Ferry waits for this many seconds:"),
        Formula(r"w = \min(600, 2^{n} + r)"),
        Text("where r is a random number below one, so that many machines do not try at the same moment."),
        Heading(3, "Rates"),
        Text("A rate is a number and a unit. What is above it is sent later, and nothing is lost:"),
        Code(
            "python",
            "def wait(sent: int, rate: float) -> float:\n"
            '    """Seconds to wait after `sent` bytes."""\n\n'
            "    if rate <= 0:\n        return 0.0\n\n    return sent / rate",
        ),
        Heading(2, "Related plans"),
        Text("Plans that begin with the same word share a connection. They run one after the other."),
        Note(
            "Tip", "Try a plan with `ferry plan --dry-run` first. It prints what would be copied, and copies nothing."
        ),
    ),
)

REFERENCE = Page(
    "reference",
    "Reference",
    (
        Text("Every option can be given on the command line, in a plan, or in the environment."),
        Heading(2, "Options"),
        Table(
            ("Option", "Default", "Meaning"),
            (
                ("`--rate`", "none", "bytes a second, at most"),
                ("`--mirror`", "off", "delete what is gone at the source"),
                ("`--since`", "2 weeks ago", "only files that changed since then"),
                ("`--links`", "keep", "keep, follow or skip symbolic links"),
            ),
        ),
        Heading(2, "Words"),
        Terms(
            (
                ("plan", "a file that says what is copied"),
                ("harbour", "a machine that receives copies"),
                ("crossing", "one run of a plan, from its start to its end"),
            )
        ),
        Heading(2, "Pagination"),
        Text("Lists are printed in pages of 50 lines where the output is a terminal. `--no-pager` prints all at once."),
        Heading(2, "Exit codes"),
        Table(
            ("Code", "When"),
            (
                ("0", "all was copied"),
                ("1", "a file could not be read"),
                ("2", "a plan has a mistake"),
                ("75", "the other end was away, try again"),
            ),
        ),
        Heading(2, "The state"),
        Code(
            "json",
            '{\n  "plan": "notes",\n  "crossings": [\n    {"at": "2026-03-01T02:00:00Z", "files": 12, "bytes": 48211}\n'
            "  ]\n}",
        ),
        Text("The file is written to disk before a crossing counts as done, and it is never changed in place."),
    ),
)

PAGES = (INDEX, INSTALL, GUIDE, REFERENCE)
