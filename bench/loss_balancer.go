package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"
)

// balancer stands before the nodes: each connection goes to any of those that say they are ready, and nobody comes back to the same one but
// by chance. Each agent comes by an address of their own, so that it is known at which nodes their pages are.
type balancer struct {
	nodes  []string // addresses
	client *http.Client
	end    context.CancelFunc
	work   sync.WaitGroup
	fronts []*relay // the first is everybody's, the others one agent's each

	mu    sync.Mutex // guards ready
	ready []bool
}

const (
	readyEvery  = 500 * time.Millisecond
	readyWithin = time.Second
)

func newBalancer(nodes []string, agents int) (*balancer, error) {
	ctx, end := context.WithCancel(context.Background())
	b := &balancer{nodes: nodes, end: end, ready: make([]bool, len(nodes)),
		client: &http.Client{Timeout: readyWithin, Transport: &http.Transport{DisableKeepAlives: true}}}
	for range 1 + agents {
		front, err := newRelay(b.dial)
		if err != nil {
			b.close()
			return nil, err
		}
		b.fronts = append(b.fronts, front)
	}
	for i := range nodes {
		b.work.Go(func() {
			for b.look(ctx, i); wait(ctx, readyEvery); {
				b.look(ctx, i)
			}
		})
	}
	return b, nil
}

func (b *balancer) close() {
	b.end()
	b.work.Wait()
	for _, front := range b.fronts {
		front.close()
	}
}

// look asks a node whether it is ready.
func (b *balancer) look(ctx context.Context, i int) {
	resp, err := get(ctx, b.client, "http://"+b.nodes[i]+"/readyz")
	if err == nil {
		_ = resp.Body.Close()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ready[i] = err == nil && resp.StatusCode == http.StatusOK
}

// isReady says whether a node was ready when it was last asked.
func (b *balancer) isReady(i int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ready[i]
}

// dial connects to one of the nodes that are ready, or to any if none says so; one that refuses is not asked again by this connection.
func (b *balancer) dial(ctx context.Context) (net.Conn, int, error) {
	order := rand.Perm(len(b.nodes))
	for _, wanted := range []bool{true, false} {
		for _, i := range order {
			if b.isReady(i) != wanted {
				continue
			}
			if conn, err := new(net.Dialer).DialContext(ctx, "tcp", b.nodes[i]); err == nil {
				return conn, i, nil
			}
		}
	}
	return nil, 0, errors.New("no node takes a connection")
}

// at are the agents, counted from 0, who have a connection to a node.
func (b *balancer) at(i int) map[int]bool {
	there := map[int]bool{}
	for agent, front := range b.fronts[1:] {
		if front.leads(i) {
			there[agent] = true
		}
	}
	return there
}
