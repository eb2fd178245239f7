"""What the checks share: which files the project has, and C++ text without comments and literals."""
import os
import pathlib
import re
import subprocess

CPP_SUFFIXES = {".h", ".cpp"}
SKIPPED_FOLDERS = {".git", "node_modules", "__pycache__", ".cache", "houses"}

_TOKEN = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)'
    r'|(?P<raw>\bR"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")'
    r'|(?P<include>^[ \t]*#[ \t]*include[^\n]*)'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<number>\b[0-9][0-9a-fA-FxX'.]*)"
    r"|(?P<char>'(?:\\.|[^'\\\n])+')",
    re.DOTALL | re.MULTILINE,
)


def _blank(match):
    if match["include"] or match["number"]:
        return match[0]
    kept = re.sub(r"[^\n]", " ", match[0])
    return kept if match["comment"] or len(kept) < 2 else '"' + kept[1:-1] + '"'


def bare(text):
    """The text with comments and the contents of literals blanked; lines and columns stay where they were."""
    return _TOKEN.sub(_blank, text)


def project_files(root):
    """Paths below root that belong to the project: what git knows or would add, or all files of an unpacked archive."""
    root = pathlib.Path(root)
    listed = None
    if (root / ".git").exists():
        command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        try:
            listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        except (OSError, subprocess.CalledProcessError):
            listed = None
    if listed is not None:
        paths = [root / name for name in listed.split("\0") if name]
        return sorted(path for path in paths if path.is_file() and not path.is_symlink())
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS
                      and not (name == "build" or name.startswith("build-"))]
        found += [pathlib.Path(folder) / name for name in names]
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def cpp_files(root, *folders):
    """The C++ files below the named folders of root."""
    root = pathlib.Path(root)
    return [path for path in project_files(root)
            if path.suffix in CPP_SUFFIXES and path.relative_to(root).parts[0] in folders]


def report(name, findings):
    """One line for a clean check, one line per finding otherwise. Returns the exit status."""
    for finding in findings:
        print(finding)
    print(f"{name}: {len(findings)} finding(s)" if findings else f"{name}: ok")
    return 1 if findings else 0
