package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/secret"
)

// asking is a running adapter that is asked.
type asking struct {
	base  string
	token secret.String
	http  *http.Client
	where string // for people
}

const (
	askWithin = 40 * time.Second
	maxAnswer = 16 << 20
)

// askSocket asks by the socket of a data folder.
func askSocket(file string) *asking {
	return &asking{base: "http://adapter", where: file, http: &http.Client{Timeout: askWithin, Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", file)
		},
	}}}
}

// askElsewhere asks by the adapter's address. A token goes over TLS, or stays on this machine.
func askElsewhere(address string, token secret.String) (*asking, error) {
	u, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || u.Host == "" || u.Path != "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("--url: %q is no address such as https://adapter.example.com", address)
	}
	switch {
	case u.Scheme == "http" && !config.OnThisMachine(u.Hostname()):
		return nil, errors.New("--url: the token would be sent in the clear: use https")
	case token == "":
		return nil, errors.New("--token: an adapter elsewhere asks who you are: take a token from its page /admin, " +
			"and give it as PATCHCORD_TOKEN")
	}
	return &asking{base: u.String(), token: token, where: u.String(), http: &http.Client{Timeout: askWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil
}

func (a *asking) close() { a.http.CloseIdleConnections() }

func (a *asking) get(ctx context.Context, path string, into any) ([]byte, error) {
	return a.do(ctx, http.MethodGet, path, nil, into)
}

// do asks, reads the answer and gives it as it came. A fault is the adapter's own sentence.
func (a *asking) do(ctx context.Context, method, path string, body, into any) ([]byte, error) {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		sent = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, a.base+"/admin/api/"+path, sent)
	if err != nil {
		return nil, err
	}
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token.Expose())
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the adapter at %s does not answer: %w", a.where, err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("the adapter at %s broke off: %w", a.where, err)
	}
	if resp.StatusCode == http.StatusOK {
		if err := json.Unmarshal(raw, into); err != nil {
			return nil, fmt.Errorf("what answers at %s is no adapter of this version", a.where)
		}
		return raw, nil
	}
	var problem admin.Problem
	if json.Unmarshal(raw, &problem) != nil || problem.Sentence == "" {
		return nil, fmt.Errorf("what answers at %s is no adapter of this version (%s)", a.where, resp.Status)
	}
	return nil, fault.New(fault.Kind(problem.Code), nil, "%s", problem.Sentence)
}

const defaultConfig = "patchcord.yaml"

// socket finds the socket of the adapter of a configuration, else of the one running sandbox.
func (a asked) socket(folder string) (string, error) {
	switch {
	case a.Config != "":
		return socketOf(a.Config)
	case a.Socket != "" && !answers(a.Socket):
		return "", fmt.Errorf("--socket: no adapter answers at %s", a.Socket)
	case a.Socket != "":
		return a.Socket, trusted(a.Socket)
	}
	running := runningIn(folder)
	switch len(running) {
	case 1:
		return running[0], nil
	case 0:
		if _, err := os.Stat(defaultConfig); err == nil {
			return socketOf(defaultConfig)
		}
		return "", errors.New("no sandbox of yours is running here: start one with patchcord sandbox, name an adapter's configuration with " +
			"--config, or one elsewhere with --url")
	}
	return "", fmt.Errorf("%d sandboxes of yours are running: choose one with --socket (%s)", len(running), strings.Join(running, ", "))
}

// socketOf is the socket in the data folder that a configuration names.
func socketOf(name string) (string, error) {
	cfg, err := config.Load(name)
	if err != nil {
		return "", err
	}
	if cfg.Data == "" && cfg.Postgres != "" {
		return "", fmt.Errorf("%s: data: the configuration names no folder for this node's socket, so the node cannot be asked from here: name "+
			"one, or use --url with a token", name)
	}
	if cfg.Data == "" {
		return "", fmt.Errorf("%s: data: the configuration names no folder, so its adapter cannot be asked from here: use --url", name)
	}
	file := filepath.Join(cfg.Data, adapter.SocketName)
	if !answers(file) {
		return "", fmt.Errorf("no adapter of %s is running: start it with patchcord serve --config %s", name, name)
	}
	return file, trusted(file)
}

// runtimeFolder is where running sandboxes of this user link their sockets.
func runtimeFolder() string {
	return adapter.RuntimeFolder(os.Getenv("XDG_RUNTIME_DIR"), os.TempDir(), os.Getuid())
}

// runningIn lists the sockets that are linked in a folder and answer; links that sandboxes left when they were killed are taken away. A
// folder that is not this user's alone tells nothing.
func runningIn(folder string) (sockets []string) {
	if !ownFolder(folder) {
		return nil
	}
	links, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	for _, link := range links {
		name := filepath.Join(folder, link.Name())
		if link.Type()&fs.ModeSymlink == 0 || !strings.HasSuffix(name, ".sock") {
			continue
		}
		to, err := os.Readlink(name)
		switch {
		case err != nil:
		case !answers(to):
			_ = os.Remove(name) // nobody is there any more
		case trusted(to) == nil:
			sockets = append(sockets, to)
		}
	}
	return sockets
}

func answers(socket string) bool {
	conn, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}
