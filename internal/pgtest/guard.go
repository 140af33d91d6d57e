package pgtest

import (
	"fmt"
	"os"
	"os/exec"
)

// guard is a process that outlives ours by a moment, and then removes a program: its processes, its folder and its segment of shared
// memory. It waits for the end of a pipe that only we hold open, so it needs no farewell: a test that panics, runs out of time or is
// killed has no chance to say one.
type guard struct {
	pipe *os.File
	run  *exec.Cmd
}

// watch is what the guard runs. What works below the folder is the program's, whoever its parent is by now. A server that was killed leaves
// its shared memory, whose number stands on the seventh line of postmaster.pid.
const watch = `trap '' HUP INT QUIT TERM
read -r _
segment=$(sed -n 7p "$1/data/postmaster.pid" 2>/dev/null)
while left=$(find /proc/[0-9]*/cwd -maxdepth 0 -lname "$1/*" 2>/dev/null | cut -d/ -f3); [ -n "$left" ]; do
  kill -KILL $left 2>/dev/null
  sleep 0.02
done
[ -z "$segment" ] || ipcrm -m "${segment##* }" 2>/dev/null
rm -rf "$1"
`

// newGuard begins to watch over a folder.
func newGuard(folder string) (*guard, error) {
	end, pipe, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer end.Close()
	cmd := exec.Command("/bin/sh", "-c", watch, "guard", folder)
	cmd.Dir, cmd.Env, cmd.SysProcAttr, cmd.Stdin = "/", environment, apart(), end
	if err := cmd.Start(); err != nil {
		pipe.Close()
		return nil, fmt.Errorf("guard of %s: %w", folder, err)
	}
	return &guard{pipe: pipe, run: cmd}, nil
}

// end has the guard do its work now, and waits for it.
func (g *guard) end() error {
	if g.pipe == nil {
		return nil
	}
	g.pipe.Close()
	g.pipe = nil
	if err := g.run.Wait(); err != nil {
		return fmt.Errorf("remove a server's folder: %w", err)
	}
	return nil
}
