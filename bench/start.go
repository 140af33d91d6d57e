package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// start measures from the start of the process to the ready line, and the memory that the process then has.
func (b bench) start(ctx context.Context) ([]figure, error) {
	var fresh, again []time.Duration
	var resident []float64
	data := filepath.Join(b.folder, "started")
	for i := range b.starts {
		kept := fmt.Sprintf("%s-%d", data, i)
		for _, into := range []*[]time.Duration{&fresh, &again} {
			began := time.Now()
			p, _, err := b.sandbox(ctx, "--data", kept)
			if err != nil {
				return nil, err
			}
			*into = append(*into, time.Since(began))
			now, _ := p.memory()
			resident = append(resident, now)
			p.stop()
		}
		if err := os.RemoveAll(kept); err != nil {
			return nil, err
		}
	}
	return []figure{
		milliseconds("sandbox start → ready line, new", fresh).within("p95", 1000),
		milliseconds("sandbox start → ready line, kept state", again).within("p95", 1000),
		spread("memory when ready", "MB", resident).within("max", 150),
	}, nil
}

// filled is a folder of state with so many contacts, made once a run.
func (b bench) filled(ctx context.Context, contacts int) (data string, loaded []figure, err error) {
	data = filepath.Join(b.folder, fmt.Sprintf("contacts-%d", contacts))
	if _, err := os.Stat(data); err == nil {
		return data, nil, nil
	}
	began := time.Now()
	p, _, err := b.sandbox(ctx, "--data", data, "--contacts", fmt.Sprint(contacts))
	if err != nil {
		return "", nil, err
	}
	took := time.Since(began)
	_, highest := p.memory()
	p.stop()
	return data, []figure{
		once(fmt.Sprintf("load %d contacts, start to ready line", contacts), "s", took.Seconds()).within("max",
			max(1, 120*float64(contacts)/1e6)),
		once(fmt.Sprintf("highest memory while loading %d", contacts), "MB", highest),
		once(fmt.Sprintf("database with %d", contacts), "MB", fileMB(filepath.Join(data, "crm", "crm.db"))),
	}, nil
}
