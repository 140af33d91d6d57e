package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter/wire"
)

const pageOrigin = "http://pages.bench.example"

// node is `patchcord serve` on this machine, before a stub of an org.
type node struct {
	binary, config string
	address        string
	org            *stubOrg
	program        *program
	client         *http.Client
}

// newNode writes the configuration; start starts the adapter with it, again and again if need be.
func (b bench) newNode(name string) (*node, error) {
	folder := filepath.Join(b.folder, name)
	if err := os.RemoveAll(folder); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	keyFile := filepath.Join(folder, "key.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	if err := os.WriteFile(keyFile, block, 0o600); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	n := &node{binary: b.binary, config: filepath.Join(folder, "patchcord.yaml"), address: l.Addr().String()}
	n.client = &http.Client{
		Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if err := l.Close(); err != nil {
		return nil, err
	}
	if n.org, err = newStubOrg(); err != nil {
		return nil, err
	}
	yaml := fmt.Sprintf("listen: %s\npublic_url: http://%s\npage_origins: [%s]\ndata: %s\nsalesforce:\n  login_url: %s\n "+
		" client_id: bench\n  username: integration@bench.example\n  key_file: %s\n",
		n.address, n.address, pageOrigin, filepath.Join(folder, "data"), n.org.url, keyFile)
	return n, os.WriteFile(n.config, []byte(yaml), 0o600)
}

// start starts the adapter and returns when it is ready.
func (n *node) start(ctx context.Context) error {
	p, lines, _, err := run(ctx, false, n.binary, "serve", "--config", n.config)
	if err != nil {
		return err
	}
	n.program = p
	go func() {
		for range lines {
			continue
		}
	}()
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		resp, err := get(ctx, n.client, "http://"+n.address+"/readyz")
		if err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	p.stop()
	return fmt.Errorf("the adapter is not ready: %s", p.stderr)
}

func (n *node) close() error {
	n.program.stop()
	n.client.CloseIdleConnections()
	return n.org.close()
}

var handedOver = regexp.MustCompile(`data-session="([^"]+)"`)

// signIn walks the popup for agent i and returns the session that the page gets.
func (n *node) signIn(ctx context.Context, i int) (string, error) {
	resp, err := get(ctx, n.client, "http://"+n.address+"/auth/start?origin="+pageOrigin)
	if err != nil {
		return "", err
	}
	_ = resp.Body.Close()
	to, err := resp.Location()
	if err != nil {
		return "", fmt.Errorf("sign in: %s", resp.Status)
	}
	url := fmt.Sprintf("http://%s/auth/callback?code=%d&state=%s", n.address, i, to.Query().Get("state"))
	if resp, err = get(ctx, n.client, url, resp.Cookies()...); err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return "", err
	}
	found := handedOver.FindSubmatch(body)
	if found == nil {
		return "", fmt.Errorf("sign in: %s without a session", resp.Status)
	}
	return string(found[1]), nil
}

// desk is a softphone page without a browser.
type desk struct {
	conn *websocket.Conn
}

// open connects a page and waits for its welcome.
func (n *node) open(ctx context.Context, agent int, session string) (*desk, error) {
	limited, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	conn, _, err := websocket.Dial(limited, "ws://"+n.address+"/ws", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {pageOrigin}}})
	if err != nil {
		return nil, err
	}
	d := &desk{conn: conn}
	if err := d.send(limited, wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: session,
		User: userID(strconv.Itoa(agent)), Page: "bench", Front: wire.Front{Visible: true}, Capabilities: []string{wire.Console, wire.Telephony}}}); err != nil {
		return nil, err
	}
	_, err = d.until(limited, func(m wire.ToPage) bool { return m.Welcome != nil })
	return d, err
}

func (d *desk) send(ctx context.Context, m wire.FromPage) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return d.conn.Write(ctx, websocket.MessageText, body)
}

func (d *desk) until(ctx context.Context, fits func(wire.ToPage) bool) (wire.ToPage, error) {
	for {
		var m wire.ToPage
		_, body, err := d.conn.Read(ctx)
		if err == nil {
			err = json.Unmarshal(body, &m)
		}
		if err != nil || fits(m) {
			return m, err
		}
	}
}

// tell sends an event of a call.
func (d *desk) tell(ctx context.Context, event, contact string) error {
	return d.send(ctx, wire.FromPage{Type: "event", Event: &wire.Event{
		Source: "connectVoiceContact", Event: event, Key: contact + ":" + event + ":1",
		Contact: &wire.Contact{ContactID: contact, InitialContactID: contact, Type: "voice", State: "connecting",
			Inbound: true, PhoneNumber: "+12065550142"},
	}})
}

// share measures from an event to the command that it causes, and how many runs are journalled in a second.
func (b bench) share(ctx context.Context) (figures []figure, err error) {
	n, err := b.newNode("share")
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = n.close() }()
	took, err := n.eventToCommand(ctx, b.events)
	if err != nil {
		return nil, err
	}
	figures = append(figures, milliseconds("event in → command out, journal write included", took).within("p99", 2))
	rate, err := n.runsPerSecond(ctx, b.events*5)
	if err != nil {
		return figures, err
	}
	return append(figures, once("journalled runs", "1/s", rate).atLeast(3000)), nil
}

func (n *node) eventToCommand(ctx context.Context, events int) ([]time.Duration, error) {
	session, err := n.signIn(ctx, 1)
	if err != nil {
		return nil, err
	}
	d, err := n.open(ctx, 1, session)
	if err != nil {
		return nil, err
	}
	defer d.conn.CloseNow()
	var took []time.Duration
	for i := range events + 50 {
		began := time.Now()
		if err := d.tell(ctx, "onConnecting", fmt.Sprintf("contact-%d", i)); err != nil {
			return nil, err
		}
		m, err := d.until(ctx, func(m wire.ToPage) bool { return m.Command != nil })
		if err != nil {
			return nil, err
		}
		if i >= 50 {
			took = append(took, time.Since(began))
		}
		if err := d.send(ctx, wire.FromPage{Type: "result", Result: &wire.Result{ID: m.Command.ID, Outcome: wire.OutcomeDone,
			Value: json.RawMessage("{}")}}); err != nil {
			return nil, err
		}
	}
	return took, nil
}

const (
	tellers = 32 // pages that tell events at once
	window  = 16 // events of a page that are not acknowledged yet
)

// runsPerSecond has many pages tell events as fast as they are acknowledged, until all runs are in the journal.
func (n *node) runsPerSecond(ctx context.Context, runs int) (float64, error) {
	desks := make([]*desk, tellers)
	for i := range desks {
		session, err := n.signIn(ctx, 100+i)
		if err == nil {
			desks[i], err = n.open(ctx, 100+i, session)
		}
		if err != nil {
			return 0, err
		}
		defer desks[i].conn.CloseNow()
	}
	before, err := n.completed(ctx)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i, d := range desks {
		group.Go(func() error { return d.stream(ctx, fmt.Sprintf("run-%d", i), runs/tellers) })
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	want := before + float64(runs/tellers*tellers)
	for {
		done, err := n.completed(context.WithoutCancel(ctx))
		if err != nil {
			return 0, err
		}
		took := time.Since(began)
		if done >= want {
			return (done - before) / took.Seconds(), nil
		}
		if took > 2*time.Minute {
			return 0, fmt.Errorf("only %.0f of %.0f runs after %s", done-before, want-before, took)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// stream tells so many events, a window of them unacknowledged.
func (d *desk) stream(ctx context.Context, name string, events int) error {
	unacked := make(chan struct{}, window)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		for i := range events {
			select {
			case unacked <- struct{}{}:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := d.tell(ctx, "onConnected", fmt.Sprintf("%s-%d", name, i)); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		for acked := 0; acked < events; {
			if _, err := d.until(ctx, func(m wire.ToPage) bool { return m.Ack != nil }); err != nil {
				return err
			}
			acked++
			<-unacked
		}
		return nil
	})
	return group.Wait()
}

// completed is how many runs /metrics counts.
func (n *node) completed(ctx context.Context) (float64, error) {
	resp, err := get(ctx, n.client, "http://"+n.address+"/metrics")
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, err
	}
	for l := range strings.Lines(string(body)) {
		if value, ok := strings.CutPrefix(l, `patchcord_runs_total{kind="flow",status="completed"} `); ok {
			var f float64
			_, err := fmt.Sscan(value, &f)
			return f, err
		}
	}
	return 0, nil
}

// idle holds many idle agents, kills the adapter, and waits until all are back.
func (b bench) idle(ctx context.Context) ([]figure, error) {
	n, err := b.newNode("idle")
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = n.close() }()
	sessions := make([]string, b.sockets)
	if err := each(ctx, b.sockets, 8, func(ctx context.Context, i int) (err error) {
		sessions[i], err = n.signIn(ctx, i)
		return err
	}); err != nil {
		return nil, err
	}
	desks := make([]*desk, b.sockets)
	open := func(ctx context.Context, i int) (err error) {
		desks[i], err = n.open(ctx, i, sessions[i])
		return err
	}
	// A fresh process, so that signing in is not in its memory.
	n.program.stop()
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	empty, _ := n.program.memory()
	if err := each(ctx, b.sockets, atOnce, open); err != nil {
		return nil, err
	}
	full, highest := n.program.memory()
	if err := n.program.cmd.Process.Kill(); err != nil {
		return nil, err
	}
	<-n.program.ended
	for _, d := range desks {
		_ = d.conn.CloseNow()
	}
	began := time.Now()
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	if err := each(ctx, b.sockets, atOnce, open); err != nil {
		return nil, err
	}
	took := time.Since(began)
	for _, d := range desks {
		_ = d.conn.CloseNow()
	}
	name := fmt.Sprintf("%d idle agent sockets", b.sockets)
	return []figure{
		once(name+", memory of the adapter", "MB", full).within("max", 150),
		once(name+", of it without any", "MB", empty),
		once(name+", highest while they come", "MB", highest),
		once(name+", all back after a kill", "s", took.Seconds()).within("max", 5),
	}, nil
}

// atOnce is how many pages connect at the same time.
const atOnce = 64

// each does something for 0 to n-1, several at once.
func each(ctx context.Context, n, several int, do func(context.Context, int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	var mu sync.Mutex // guards next
	next := 0
	for range several {
		group.Go(func() error {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n || ctx.Err() != nil {
					return ctx.Err()
				}
				if err := do(ctx, i); err != nil {
					return fmt.Errorf("%d: %w", i, err)
				}
			}
		})
	}
	return group.Wait()
}
