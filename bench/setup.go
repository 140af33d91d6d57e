package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const setUps = 3

// setUp measures what an administrator waits for: the plan and the application of a set-up to an org and an instance as delivered.
func (b bench) setUp(ctx context.Context) ([]figure, error) {
	example, err := os.ReadFile(filepath.Join(filepath.Dir(script()), "..", "examples", "sandbox.yaml"))
	if err != nil {
		return nil, err
	}
	var plans, applies []time.Duration
	for i := range setUps {
		p, r, err := b.sandbox(ctx, "--bare")
		if err != nil {
			return nil, err
		}
		config := filepath.Join(b.folder, fmt.Sprintf("set-up-%d.yaml", i))
		at := strings.NewReplacer("http://localhost:8080", r.CRM, "http://localhost:8082", r.Adapter,
			"http://localhost:8083", r.Connect, "127.0.0.1:5060", strings.TrimPrefix(r.SIP, "sip:"))
		err = os.WriteFile(config, []byte(at.Replace(string(example))), 0o600)
		for _, step := range []struct {
			into *[]time.Duration
			args []string
		}{{&plans, []string{"plan"}}, {&applies, []string{"apply", "--yes"}}} {
			if err != nil {
				break
			}
			cmd := exec.CommandContext(ctx, b.binary, append(append([]string{"setup"}, step.args...), "--config", config)...)
			cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID="+r.AccessKeyID, "AWS_SECRET_ACCESS_KEY="+r.SecretAccessKey)
			began := time.Now()
			said, failed := cmd.CombinedOutput()
			*step.into = append(*step.into, time.Since(began))
			if code := cmd.ProcessState.ExitCode(); code != 0 && code != 2 { // 2: there is something to do
				err = fmt.Errorf("setup %s: %w: %.300s", step.args[0], failed, said)
			}
		}
		p.stop()
		if err != nil {
			return nil, err
		}
	}
	return []figure{
		milliseconds("setup plan, nothing set up", plans).within("max", 3000),
		milliseconds("setup apply, nothing set up", applies).within("max", 20_000),
	}, nil
}
