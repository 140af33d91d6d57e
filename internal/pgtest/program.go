package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// errEnded says that a program ended before it answered.
var errEnded = errors.New("it ended instead of answering")

// patience is how long killed or suspended processes may take to be so; a disk that is flushed holds them up.
const patience = 20 * time.Second

// environment has no variables of the person who runs the test: neither its language, its time zone nor its servers.
var environment = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "TZ=UTC"}

// program is a server that runs in a folder of its own. All its processes work in its home, and are found by that.
type program struct {
	folder string // goes with everything in it
	home   string // below folder
	as     account
	guard  *guard
	run    *exec.Cmd // its first process, not yet waited for; nil while none was started
}

// newProgram makes the folders of a program, and the guard that removes them.
func newProgram() (*program, error) {
	if runtime.GOOS != "linux" {
		return nil, errors.New("servers for tests run on Linux only: their processes are found in /proc")
	}
	as, err := runAs()
	if err != nil {
		return nil, err
	}
	folder, err := as.folder()
	if err != nil {
		return nil, err
	}
	guard, err := newGuard(folder)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	p := &program{folder: folder, home: filepath.Join(folder, "data"), as: as, guard: guard}
	if err := errors.Join(os.Mkdir(p.home, 0o700), as.own(p.home)); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// do runs a helper to its end, in the program's home.
func (p *program) do(ctx context.Context, bin, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(bin, name), args...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = p.home, environment, p.as.attributes()
	cmd.WaitDelay = time.Second // its own helpers may hold on to its output
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, errors.Join(err, ctx.Err()), out)
	}
	return nil
}

// start begins the first process of the program, which writes to Log.
func (p *program) start(path string, args ...string) error {
	log, err := os.OpenFile(p.Log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close() // the process has its own
	cmd := exec.Command(path, args...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = p.home, environment, p.as.attributes()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return err
	}
	p.run = cmd
	return nil
}

// await waits until a program that was started answers. One that ended is errEnded; one that does not answer within ctx is killed.
func (p *program) await(ctx context.Context, name string, answers func(context.Context) error) error {
	err := until(ctx, name, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		err := answers(ctx)
		if err != nil && gone(p.run.Process.Pid) {
			return errEnded
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, errors.Join(err, p.Kill()), tail(p.Log()))
	}
	return nil
}

// Log is the path of what the program writes about itself.
func (p *program) Log() string { return filepath.Join(p.folder, "log") }

// Stop ends the program as an administrator does: clients are disconnected, and what was committed is kept. When ctx ends first, it is
// killed.
func (p *program) Stop(ctx context.Context) error {
	if p.run == nil {
		return nil
	}
	run := p.run
	interrupt(run.Process.Pid)
	p.Resume()
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = errors.Join(ctx.Err(), p.killAll())
		<-ended
	}
	p.run = nil
	if err != nil {
		return fmt.Errorf("stop %s: %w: %s", filepath.Base(run.Path), err, tail(p.Log()))
	}
	return nil
}

// Kill ends all processes of the program at once and unasked, as a crash does. What was written to files stays.
func (p *program) Kill() error {
	if p.run == nil {
		return nil
	}
	// Suspended first: otherwise the process that is killed last may still tidy up after the others.
	if err := errors.Join(p.Suspend(), p.killAll()); err != nil {
		return err
	}
	_ = p.run.Wait() // says that it was killed
	p.run = nil
	return nil
}

// killAll kills until no process is left.
func (p *program) killAll() error {
	return p.each("end", func(pid int) bool {
		kill(pid)
		return false
	})
}

// Suspend stops all processes of the program in their tracks: connections stay open, and nothing answers. It returns when they stand still.
func (p *program) Suspend() error {
	return p.each("stand still", func(pid int) bool {
		freeze(pid)
		return frozen(pid)
	})
}

// Resume lets suspended processes go on.
func (p *program) Resume() {
	for _, pid := range processes(p.home) {
		thaw(pid)
	}
}

// each does something to every process of the program until all there are have come to where they should.
func (p *program) each(where string, do func(pid int) (there bool)) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return until(ctx, "processes to "+where, func(context.Context) error {
		var still []int
		for _, pid := range processes(p.home) {
			if !do(pid) {
				still = append(still, pid)
			}
		}
		if len(still) > 0 {
			return fmt.Errorf("processes %v do not", still)
		}
		return nil
	})
}

// Close kills the program unless it was stopped, and removes its folder.
func (p *program) Close() error {
	err := p.Kill()
	return errors.Join(err, p.guard.end())
}
