package adapter

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/socket"
)

// balancer is a program that spreads connections, with the configuration of examples/many-nodes.
type balancer struct {
	program, example string
	listens          string // in the example
	without          *regexp.Regexp
	around           string // the configuration that the example is put into, at %
	args             []string
}

var balancers = []balancer{
	{program: "nginx", example: "nginx.conf", listens: "listen 443 ssl;", without: regexp.MustCompile(`(?m)^\s*ssl_.*\n`),
		around: "error_log stderr; pid pid; worker_processes 1;\nevents {}\nhttp {\naccess_log off; client_body_temp_path b; " +
			"proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;\n%\n}\n",
		args: []string{"-e", "stderr", "-g", "daemon off; master_process off;", "-p", ".", "-c"}},
	{program: "haproxy", example: "haproxy.cfg", listens: "bind :443 ssl crt /etc/haproxy/patchcord.pem", around: "%",
		args: []string{"-db", "-f"}},
}

// before starts the balancer before nodes; the third of the example is not there.
func (b balancer) before(t *testing.T, nodes []*machine) *httptest.Server {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../examples/many-nodes", b.example))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	_ = l.Close()
	listens := strings.Fields(b.listens)[0] + " " + at
	if strings.HasSuffix(b.listens, ";") {
		listens += ";"
	}
	config := strings.NewReplacer(b.listens, listens, "10.0.0.11:8082", nodes[0].server.Listener.Addr().String(),
		"10.0.0.12:8082", nodes[1].server.Listener.Addr().String(), "10.0.0.13:8082", "127.0.0.1:1").Replace(string(text))
	if !strings.Contains(config, listens) {
		t.Fatalf("%s does not say %q", b.example, b.listens)
	}
	if b.without != nil {
		config = b.without.ReplaceAllString(config, "")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, b.example)
	if err := os.WriteFile(file, []byte(strings.Replace(b.around, "%", config, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	b.run(t, folder, file)
	through := &httptest.Server{URL: "http://" + at}
	eventually(t, b.program+" answers", func() bool {
		resp, err := http.Get(through.URL + "/readyz")
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return through
}

func (b balancer) run(t *testing.T, folder, file string) {
	t.Helper()
	program, err := exec.LookPath(b.program)
	if err != nil {
		program = filepath.Join("/usr/sbin", b.program) // Debian's place, where the PATH of most people does not lead
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, append(b.args, file)...)
	cmd.Dir = folder
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		cancel()
		t.Fatalf("install Debian's package %s: %v", b.program, err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was killed
		if t.Failed() {
			t.Log(said.String())
		}
	})
}

// Agents sign in and work through a balancer that keeps nobody at a node: pages spread, and when a node ends they go on at another one.
func TestBalancers(t *testing.T) {
	for _, b := range balancers {
		t.Run(b.program, func(t *testing.T) {
			o := newOrg(t)
			nodes := cluster(t, o, "a", "b")
			through := b.before(t, nodes)
			session := signIn(t, through) // each step at another node
			left := make(chan string, 4)
			for _, id := range []string{"p", "q", "r", "s"} {
				page := openAs(t, through, session, agentID, id)
				go func() { // ends with its page
					_, err := page.read(context.Background())
					for err == nil {
						_, err = page.read(context.Background())
					}
					if closed, ok := errors.AsType[websocket.CloseError](err); ok && closed.Code == websocket.StatusServiceRestart {
						left <- id
					}
				}()
			}
			hubs := []*socket.Hub{nodes[0].adapter.hub, nodes[1].adapter.hub}
			eventually(t, "the holder knows all pages, the other node its own", func() bool {
				return hubs[0].Pages(agentID)+hubs[1].Pages(agentID) == 4+2
			})
			if here, there := hubs[0].Connected(), hubs[1].Connected(); here != 2 || there != 2 {
				t.Errorf("%d and %d pages at the nodes", here, there)
			}
			over := make(chan struct{})
			go func() {
				defer close(over)
				nodes[0].end()
			}()
			for range 2 { // at once, while the node still listens
				openAs(t, through, session, agentID, <-left)
			}
			<-over
			eventually(t, "all pages are at the node that is left", func() bool { return hubs[1].Connected() == 4 })
			if len(left) > 0 {
				t.Errorf("%d more pages were sent away", len(left))
			}
			page := openAs(t, through, session, agentID, "p")
			page.tell(connecting("c-1"))
			searches(page, false)
			page.tell(connected("c-1"))
			page.tell(ended("c-1"))
			loggedOnce(t, o, "c-1")
			resp, err := http.Get(through.URL + "/metrics")
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusForbidden {
				t.Errorf("/metrics to everybody: %d", resp.StatusCode)
			}
		})
	}
}
