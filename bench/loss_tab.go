package main

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

// converse is one connection, from its hello to its end. was says that the page was welcome, soon that the adapter will take it in soon:
// another node of it does, or its store is coming back.
func (b *browser) converse(ctx context.Context, t *tab) (was, soon bool) {
	limited, cancel := context.WithTimeout(ctx, 8*time.Second)
	defer cancel()
	conn, _, err := websocket.Dial(limited, "ws://"+b.node.address+"/ws",
		&websocket.DialOptions{HTTPHeader: http.Header{"Origin": {pageOrigin}}})
	if err != nil {
		return false, false
	}
	defer conn.CloseNow()
	hello := wire.Hello{Version: wire.Version, Session: b.session, User: b.user, Page: t.id, Front: wire.Front{Visible: true},
		Capabilities: []string{wire.Console, wire.Telephony}}
	if send(limited, conn, wire.FromPage{Type: "hello", Hello: &hello}) != nil {
		return false, false
	}
	m, err := receive(limited, conn)
	if err != nil || m.Welcome == nil {
		return false, takesInSoon(err)
	}
	b.welcome(ctx, t, conn)
	defer b.gone(ctx, t)
	var work sync.WaitGroup
	defer work.Wait()
	ears, deaf := context.WithCancel(ctx)
	defer deaf()
	work.Go(func() { b.listens(ears, t, conn) })
	for {
		m, err := receive(ctx, conn)
		b.mu.Lock()
		t.heard, t.acknowledged = time.Now(), t.acknowledged || m.Ack != nil
		b.mu.Unlock()
		switch {
		case err != nil:
			return true, takesInSoon(err)
		case m.Ack != nil:
			b.settle(m.Ack.Key, true)
		case m.Refusal != nil && m.Refusal.RetryAfter == 0:
			b.settle(m.Refusal.Key, false)
		case m.Refusal != nil:
			work.Go(func() { b.later(ears, t, *m.Refusal) })
		case m.Command != nil:
			work.Go(func() { b.carryOut(ctx, t, conn, *m.Command) })
		}
	}
}

func takesInSoon(err error) bool {
	code := websocket.CloseStatus(err)
	return code == websocket.StatusServiceRestart || code == websocket.StatusTryAgainLater
}

func receive(ctx context.Context, conn *websocket.Conn) (m wire.ToPage, err error) {
	_, body, err := conn.Read(ctx)
	if err == nil {
		err = json.Unmarshal(body, &m)
	}
	return m, err
}

func (b *browser) welcome(ctx context.Context, t *tab, conn *websocket.Conn) {
	b.mu.Lock()
	if b.teller() == nil {
		b.link = append(b.link, edge{time.Now(), true})
	}
	t.conn, t.acknowledged = conn, false
	clear(t.wire)
	b.pump(ctx)
	b.mu.Unlock()
	b.look(ctx, t)
}

// gone has another tab tell what this one did not get rid of.
func (b *browser) gone(ctx context.Context, t *tab) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t.conn = nil
	if b.teller() == nil {
		b.link = append(b.link, edge{time.Now(), false})
		return
	}
	b.pump(context.WithoutCancel(ctx)) // it is this tab's that has ended
}

// later tells again what there was no room for.
func (b *browser) later(ctx context.Context, t *tab, r wire.Refusal) {
	if !wait(ctx, time.Duration(r.RetryAfter)*time.Millisecond) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(t.wire, r.Key)
	b.pump(context.WithoutCancel(ctx)) // the connection's: another one may be there by now
}

// settle takes a fact out of the outbox: the adapter has it, or will never have it.
func (b *browser) settle(key string, kept bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.outbox = slices.DeleteFunc(b.outbox, func(f *told) bool { return f.event.Key == key })
	switch known := b.facts[key]; {
	case known == nil:
	case !kept:
		known.refused = true
		b.lost++
	case known.acked.IsZero():
		known.acked = time.Now()
	}
}
