package main

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// relay is a listener whose connections are handed on to somebody else, and may be cut or held up on their way.
type relay struct {
	listener net.Listener
	// dial gives each connection its other end, and says who that is.
	dial func(context.Context) (net.Conn, int, error)
	work sync.WaitGroup

	mu      sync.Mutex // guards what follows
	links   map[*relayed]bool
	refuses bool
	held    chan struct{} // closed when what is held up may go on; nil while nothing is
	closed  bool
}

// relayed is one connection on its way.
type relayed struct {
	client, server net.Conn
	to             int
}

func newRelay(dial func(context.Context) (net.Conn, int, error)) (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{listener: l, dial: dial, links: map[*relayed]bool{}}
	r.work.Go(r.accept)
	return r, nil
}

func (r *relay) address() string { return r.listener.Addr().String() }

func (r *relay) accept() {
	for {
		client, err := r.listener.Accept()
		if err != nil {
			return // it was closed
		}
		r.work.Go(func() { r.carry(client) })
	}
}

// dialWithin is how long the other end may take to accept a connection.
const dialWithin = 2 * time.Second

func (r *relay) carry(client net.Conn) {
	r.passes()
	r.mu.Lock()
	refuses := r.refuses || r.closed
	r.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), dialWithin)
	defer cancel()
	server, to, err := net.Conn(nil), 0, errors.New("refused")
	if !refuses {
		server, to, err = r.dial(ctx)
	}
	if err != nil {
		sever(client)
		return
	}
	link := &relayed{client: client, server: server, to: to}
	r.mu.Lock()
	gone := r.refuses || r.closed
	r.links[link] = !gone
	r.mu.Unlock()
	if gone {
		link.cut()
	}
	var both sync.WaitGroup
	both.Go(func() { r.copies(link, server, client) })
	both.Go(func() { r.copies(link, client, server) })
	both.Wait()
	r.mu.Lock()
	delete(r.links, link)
	r.mu.Unlock()
}

// copies hands on what one end says; when that ends, so does the other.
func (r *relay) copies(link *relayed, to, from net.Conn) {
	defer link.cut()
	part := make([]byte, 32<<10)
	for {
		n, err := from.Read(part)
		r.passes()
		if n > 0 {
			if _, err := to.Write(part[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// passes waits while everything is held up.
func (r *relay) passes() {
	r.mu.Lock()
	held := r.held
	r.mu.Unlock()
	if held != nil {
		<-held
	}
}

// hold holds everything up: connections stay, and nothing passes until release.
func (r *relay) hold() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held == nil {
		r.held = make(chan struct{})
	}
}

// refuse cuts all connections, and takes no others until release.
func (r *relay) refuse() {
	r.mu.Lock()
	r.refuses = true
	r.mu.Unlock()
	r.cut(func(*relayed) bool { return true })
}

// release lets everything pass again.
func (r *relay) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuses = false
	if r.held != nil {
		close(r.held)
		r.held = nil
	}
}

// cut cuts the connections that fit.
func (r *relay) cut(fits func(*relayed) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for link := range r.links {
		if fits(link) {
			link.cut()
		}
	}
}

// leads says whether a connection leads to somebody.
func (r *relay) leads(to int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for link := range r.links {
		if link.to == to {
			return true
		}
	}
	return false
}

func (r *relay) close() {
	_ = r.listener.Close()
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.release()
	r.cut(func(*relayed) bool { return true })
	r.work.Wait()
}

func (l *relayed) cut() {
	sever(l.client)
	sever(l.server)
}

// sever ends a connection as a machine does that has crashed and is there again: the other end hears of it at once.
func sever(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
