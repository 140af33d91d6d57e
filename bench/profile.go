package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
)

// profiled runs a part, and keeps where this process spent its time and what it allocated meanwhile, if that is asked for. Of a part that
// starts the built binary that is only the measuring itself.
func (b bench) profiled(ctx context.Context, p part) (figures []figure, err error) {
	if b.profiles == "" {
		return p.run(b, ctx)
	}
	if err := os.MkdirAll(b.profiles, 0o700); err != nil {
		return nil, err
	}
	cpu, err := os.Create(filepath.Join(b.profiles, p.name+".cpu"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, cpu.Close()) }()
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	figures, err = p.run(b, ctx)
	pprof.StopCPUProfile()
	allocated, failed := os.Create(filepath.Join(b.profiles, p.name+".allocs"))
	if failed != nil {
		return figures, errors.Join(err, failed)
	}
	return figures, errors.Join(err, pprof.Lookup("allocs").WriteTo(allocated, 0), allocated.Close())
}
