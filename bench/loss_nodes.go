package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// cluster is many adapters on one database, behind a balancer.
type cluster struct {
	org      *stubOrg
	client   *http.Client // asks with a new connection each time
	servers  *servers
	balancer *balancer
	nodes    []*member
	watch    sync.WaitGroup // for nodes that end by themselves

	mu      sync.Mutex // guards what follows
	away    map[*member]bool
	crashes []string // what nodes said that ended by themselves
}

// member is one of the adapters. It reaches the database by relays of its own.
type member struct {
	*node
	n      int
	relays [2]*relay // to the two places of servers
	log    *os.File
	asked  atomic.Pointer[atomic.Bool] // whether the program that runs was asked to end
}

// newCluster starts a database and adapters that share it.
func (b bench) newCluster(ctx context.Context, org *ledgerOrg, pages string) (c *cluster, err error) {
	folder, keyFile, err := b.home("loss")
	if err != nil {
		return nil, err
	}
	sealing := make([]byte, 32)
	_, _ = rand.Read(sealing) // never fails
	sealFile := filepath.Join(folder, "seal")
	if err := os.WriteFile(sealFile, sealing, 0o600); err != nil {
		return nil, err
	}
	c = &cluster{away: map[*member]bool{}, client: newClient(&http.Transport{DisableKeepAlives: true})}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.close())
		}
	}()
	if c.org, err = newStubOrg(org.keep, org.between); err != nil {
		return c, err
	}
	if c.servers, err = startServers(ctx); err != nil {
		return c, err
	}
	var addresses []string
	for range b.nodes {
		address, err := freeAddress()
		if err != nil {
			return c, err
		}
		addresses = append(addresses, address)
	}
	if c.balancer, err = newBalancer(addresses, b.agents); err != nil {
		return c, err
	}
	for n, address := range addresses {
		m, err := b.newMember(c, n, address, folder, keyFile, sealFile, pages)
		if err != nil {
			return c, err
		}
		c.nodes = append(c.nodes, m)
		if err := m.start(ctx); err != nil {
			return c, err
		}
		c.watches(ctx, m)
	}
	return c, c.allReady(ctx)
}

// newMember writes the configuration of one node.
func (b bench) newMember(c *cluster, n int, address, folder, keyFile, sealFile, pages string) (*member, error) {
	name := fmt.Sprintf("node-%d", n+1)
	m := &member{n: n, node: &node{binary: b.binary, config: filepath.Join(folder, name+".yaml"), address: address, org: c.org,
		client: c.client}}
	m.asked.Store(new(atomic.Bool))
	var err error
	if m.log, err = os.Create(filepath.Join(folder, name+".log")); err != nil {
		return nil, err
	}
	m.says = m.log
	for place := range m.relays {
		m.relays[place], err = newRelay(func(ctx context.Context) (net.Conn, int, error) { return c.servers.dial(ctx, place) })
		if err != nil {
			return nil, err
		}
	}
	yaml := fmt.Sprintf("listen: %s\npublic_url: http://%s\npage_origins: [%s]\npostgres: %q\nnode: %s\nkey_file: %s\nsalesforce:\n"+
		"  login_url: %s\n  client_id: bench\n  username: integration@bench.example\n  key_file: %s\n",
		address, c.balancer.fronts[0].address(), strings.Join([]string{pageOrigin, pages}, ", "),
		c.servers.dsn(m.relays[0].address(), m.relays[1].address()), name, sealFile, c.org.url, keyFile)
	return m, os.WriteFile(m.config, []byte(yaml), 0o600)
}

// allReady waits until the balancer knows all nodes.
func (c *cluster) allReady(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for i := range c.nodes {
		for !c.balancer.isReady(i) {
			if !wait(limited, readyEvery/10) {
				return fmt.Errorf("node %d is not ready", i+1)
			}
		}
	}
	return nil
}

// door is where agents come in, as if it were a node.
func (c *cluster) door(agent int) *node {
	return &node{address: c.balancer.fronts[agent].address(), client: c.client}
}

// toEnd says that the program that runs is asked to end.
func (m *member) toEnd() { m.asked.Load().Store(true) }

// again starts a node again that was to end.
func (c *cluster) again(ctx context.Context, m *member) error {
	m.asked.Store(new(atomic.Bool))
	if err := m.launch(ctx); err != nil {
		return err
	}
	c.watches(ctx, m)
	return nil
}

// mostCrashes bounds how often a node is started again that does not stay.
const mostCrashes = 20

// watches notes a node that ends by itself, and starts it again.
func (c *cluster) watches(ctx context.Context, m *member) {
	p, asked := m.program, m.asked.Load()
	c.watch.Go(func() {
		<-p.ended
		if asked.Load() || ctx.Err() != nil {
			return
		}
		c.mu.Lock()
		tooOften := len(c.crashes) > mostCrashes
		c.crashes = append(c.crashes, fmt.Sprintf("node %d ended by itself at %s: %s", m.n+1, time.Now().Format("15:04:05.000"), p.stderr))
		c.mu.Unlock()
		if !tooOften {
			_ = c.again(ctx, m) // one that does not start is missed at the end
		}
	})
}

// stop ends the nodes.
func (c *cluster) stop() {
	var all sync.WaitGroup
	for _, m := range c.nodes {
		m.toEnd()
		if m.program != nil {
			all.Go(m.program.stop)
		}
	}
	all.Wait()
	c.watch.Wait()
}

// panicked are the nodes whose logs tell of a panic, with the panic.
func (c *cluster) panicked() (all []string) {
	for _, m := range c.nodes {
		body, err := os.ReadFile(m.log.Name())
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(body)) {
			if strings.Contains(line, " panicked") || strings.HasPrefix(line, "panic: ") {
				all = append(all, fmt.Sprintf("node %d: %.600s", m.n+1, line))
			}
		}
	}
	return all
}

func (c *cluster) close() (err error) {
	c.stop()
	if c.balancer != nil {
		c.balancer.close()
	}
	for _, m := range c.nodes {
		for _, r := range m.relays {
			r.close()
		}
		err = errors.Join(err, m.log.Close())
	}
	if c.servers != nil {
		err = errors.Join(err, c.servers.close())
	}
	if c.org != nil {
		err = errors.Join(err, c.org.close())
	}
	return err
}

// take has something done to a node that nothing is done to now, and picks it by a number. It waits, but not for ever, until another one is
// there that serves meanwhile.
func (c *cluster) take(ctx context.Context, pick int) *member {
	deadline := time.Now().Add(40 * time.Second)
	for {
		c.mu.Lock()
		var there []*member
		for _, m := range c.nodes {
			if !c.away[m] {
				there = append(there, m)
			}
		}
		if len(there) > 1 || len(there) == 1 && (len(c.nodes) == 1 || time.Now().After(deadline)) {
			m := there[pick%len(there)]
			c.away[m] = true
			c.mu.Unlock()
			return m
		}
		c.mu.Unlock()
		if !wait(ctx, 50*time.Millisecond) {
			return nil
		}
	}
}

// back waits until a node is ready again, but not for ever: a database may be away.
func (c *cluster) back(ctx context.Context, m *member) {
	limited, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for wait(limited, readyEvery/10) {
		c.balancer.look(limited, m.n)
		if c.balancer.isReady(m.n) {
			break
		}
	}
	c.mu.Lock()
	delete(c.away, m)
	c.mu.Unlock()
}
