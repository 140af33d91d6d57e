package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
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
	data           string // folder of its state
	address        string
	says           io.Writer // is given all that it says on standard error; nil for nobody
	org            *stubOrg
	program        *program
	client         *http.Client
}

// newNode writes the configuration; start starts the adapter with it, again and again if need be. keep answers before the stub of an org
// does, and around stands before both; nil for nothing. more are origins of pages.
func (b bench) newNode(
	name string, keep func(http.ResponseWriter, *http.Request) bool, around func(http.Handler) http.Handler, more ...string,
) (*node, error) {
	folder, keyFile, err := b.home(name)
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	n := &node{binary: b.binary, config: filepath.Join(folder, "patchcord.yaml"), data: filepath.Join(folder, "data"), address: address,
		client: newClient(&http.Transport{MaxIdleConnsPerHost: 64})}
	if n.org, err = newStubOrg(keep, around); err != nil {
		return nil, err
	}
	yaml := fmt.Sprintf("listen: %s\npublic_url: http://%s\npage_origins: [%s]\ndata: %s\nsalesforce:\n  login_url: %s\n "+
		" client_id: bench\n  username: integration@bench.example\n  key_file: %s\n",
		n.address, n.address, strings.Join(append([]string{pageOrigin}, more...), ", "), n.data, n.org.url, keyFile)
	return n, os.WriteFile(n.config, []byte(yaml), 0o600)
}

const (
	lowestPort, ports = 20_000, 12_000 // below those that connections get: one of them would keep an adapter from starting again
	portTries         = 100
)

// freeAddress is one of this machine at which nobody serves.
func freeAddress() (address string, err error) {
	for range portTries {
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", lowestPort+mathrand.IntN(ports))); err == nil {
			return l.Addr().String(), l.Close()
		}
	}
	return "", err
}

// newClient follows no redirect.
func newClient(t *http.Transport) *http.Client {
	return &http.Client{Timeout: time.Minute, Transport: t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// home makes an empty folder, and in it the key that an adapter shows to the org.
func (b bench) home(name string) (folder, keyFile string, err error) {
	folder = filepath.Join(b.folder, name)
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o700)); err != nil {
		return "", "", err
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", "", err
	}
	keyFile = filepath.Join(folder, "key.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	return folder, keyFile, os.WriteFile(keyFile, block, 0o600)
}

// launch starts the adapter.
func (n *node) launch(ctx context.Context) error {
	p, lines, _, err := spawn(ctx, false, n.binary, "serve", "--config", n.config)
	if err != nil {
		return err
	}
	n.program = p
	p.stderr.copyTo(n.says)
	go func() {
		for range lines {
			continue
		}
	}()
	return nil
}

// start starts the adapter and returns when it is ready.
func (n *node) start(ctx context.Context) error {
	if err := n.launch(ctx); err != nil {
		return err
	}
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
	n.program.stop()
	return fmt.Errorf("the adapter is not ready: %s", n.program.stderr)
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
		User: userID(strconv.Itoa(agent)), Page: "bench", Front: wire.Front{Visible: true},
		Capabilities: []string{wire.Console, wire.Telephony}}}); err != nil {
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
