package pgtest

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// attributes has a process run as the account, apart from our own session.
func (a account) attributes() *syscall.SysProcAttr {
	attributes := apart()
	if a.other {
		attributes.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attributes
}

// apart keeps from a process what a terminal or a test's runner sends to all of ours: it ends when we say so.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// A process that has ended meanwhile needs no signal, so that errors do not matter.
func interrupt(pid int) { _ = syscall.Kill(pid, syscall.SIGINT) }
func kill(pid int)      { _ = syscall.Kill(pid, syscall.SIGKILL) }
func freeze(pid int)    { _ = syscall.Kill(pid, syscall.SIGSTOP) }
func thaw(pid int)      { _ = syscall.Kill(pid, syscall.SIGCONT) }

// processes lists those that work in a folder or below. One that has ended and was not waited for works nowhere.
func processes(folder string) []int {
	names, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var found []int
	for _, name := range names {
		pid, err := strconv.Atoi(name.Name())
		if err != nil {
			continue
		}
		if at, err := os.Readlink("/proc/" + name.Name() + "/cwd"); err == nil && (at == folder || strings.HasPrefix(at, folder+"/")) {
			found = append(found, pid)
		}
	}
	return found
}

// gone reports whether a process has ended, also one that was not waited for.
func gone(pid int) bool {
	now := state(pid)
	return now == 0 || now == 'Z' || now == 'X'
}

// frozen reports whether a process stands still, or has ended.
func frozen(pid int) bool { return state(pid) == 'T' || gone(pid) }

// state is the letter that proc(5) has for what a process does, 0 if there is none. It follows the name, which may hold anything.
func state(pid int) byte {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, after, found := bytes.Cut(text[max(0, bytes.LastIndexByte(text, ')')):], []byte(") "))
	if !found || len(after) == 0 {
		return 0
	}
	return after[0]
}
