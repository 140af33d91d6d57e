package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// program is one run of the built binary, as a stranger starts it.
type program struct {
	cmd    *exec.Cmd
	stderr *tail
	ended  chan error
}

// tail keeps the end of what a program said on standard error.
type tail struct {
	mu   sync.Mutex // guards what follows
	text []byte
	copy io.Writer // is given all; nil for nobody
}

const tailBytes = 4096

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.copy != nil {
		_, _ = t.copy.Write(p)
	}
	t.text = append(t.text, p...)
	if over := len(t.text) - tailBytes; over > 0 {
		t.text = t.text[over:]
	}
	return len(p), nil
}

// copyTo has all be written to somebody, too.
func (t *tail) copyTo(to io.Writer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.copy = to; to != nil {
		_, _ = to.Write(t.text)
	}
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.text))
}

// ready is what the sandbox says of itself.
type ready struct {
	CRM     string `json:"crm"`
	Adapter string `json:"adapter"`
	Connect string `json:"connect"`
	SIP     string `json:"sip"`
	Number  string `json:"number"`
	Users   []struct {
		Role            string `json:"role"`
		Username        string `json:"username"`
		Password        string `json:"password"`
		ConnectUsername string `json:"connect_username"`
		ConnectPassword string `json:"connect_password"`
	} `json:"users"`
	Contact struct {
		Name  string `json:"name"`
		Phone string `json:"phone"`
	} `json:"contact"`
	AccessKeyID     string `json:"access_key_id"`
	SecretAccessKey string `json:"secret_access_key"`
	line            []byte
}

func (r ready) user(role string) (username, password string) {
	for _, u := range r.Users {
		if u.Role == role {
			return u.Username, u.Password
		}
	}
	return "", ""
}

// spawn starts a program. lines receives what it prints and is closed at its end.
func spawn(ctx context.Context, stdin bool, name string, args ...string) (*program, <-chan []byte, *bufio.Writer, error) {
	p := &program{cmd: exec.CommandContext(ctx, name, args...), stderr: &tail{}, ended: make(chan error, 1)}
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = 10 * time.Second
	p.cmd.Stderr = p.stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, nil, nil, err
	}
	var in *bufio.Writer
	if stdin {
		pipe, err := p.cmd.StdinPipe()
		if err != nil {
			return nil, nil, nil, err
		}
		in = bufio.NewWriter(pipe)
	}
	if err := p.cmd.Start(); err != nil {
		return nil, nil, nil, err
	}
	lines := make(chan []byte, 64)
	go func() {
		defer close(lines)
		scan := bufio.NewScanner(out)
		scan.Buffer(nil, 1<<20)
		for scan.Scan() {
			lines <- bytes.Clone(scan.Bytes())
		}
		p.ended <- p.cmd.Wait()
		close(p.ended) // whoever asks again hears nothing new
	}()
	return p, lines, in, nil
}

const endWithin = 8 * time.Second

// stop ends the program and waits for its end; one that does not end is killed.
func (p *program) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(endWithin):
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

// sandbox starts `patchcord sandbox` on free ports and waits for its ready line.
func (b bench) sandbox(ctx context.Context, args ...string) (*program, ready, error) {
	p, lines, _, err := spawn(ctx, false, b.binary,
		append([]string{"sandbox", "--port-base", "0", "--sip", "127.0.0.1:0", "--turn", "127.0.0.1:0"}, args...)...)
	if err != nil {
		return nil, ready{}, err
	}
	said, ok := <-lines
	if !ok {
		return nil, ready{}, errors.Join(fmt.Errorf("the sandbox ended before it was ready: %s", p.stderr), <-p.ended)
	}
	go func() {
		for range lines { // nothing more is expected; a full pipe would stop it
			continue
		}
	}()
	r := ready{line: said}
	if err := json.Unmarshal(said, &r); err != nil {
		p.stop()
		return nil, ready{}, fmt.Errorf("ready line %.100q: %w", said, err)
	}
	return p, r, nil
}

// memory is a program's resident memory in MB (10^6 bytes), now and at its highest.
func (p *program) memory() (now, highest float64) {
	status := fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid)
	return megabytes(line(status, "VmRSS")), megabytes(line(status, "VmHWM"))
}

// megabytes reads "1234 kB"; 0 where the system does not tell.
func megabytes(text string) float64 {
	kb, err := strconv.ParseFloat(strings.TrimSuffix(text, " kB"), 64)
	if err != nil {
		return 0
	}
	return kb * 1024 / 1e6
}

func fileMB(name string) float64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return float64(info.Size()) / 1e6
}
