//go:build !linux

package pgtest

import "syscall"

// newProgram refuses other systems before any of these is called.

func (account) attributes() *syscall.SysProcAttr { return nil }
func apart() *syscall.SysProcAttr                { return nil }
func interrupt(int)                              {}
func kill(int)                                   {}
func freeze(int)                                 {}
func thaw(int)                                   {}
func processes(string) []int                     { return nil }
func gone(int) bool                              { return true }
func frozen(int) bool                            { return true }
