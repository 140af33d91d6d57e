package phone

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"
	"golang.org/x/time/rate"
)

const (
	pingEvery   = 20 * time.Second
	takenWithin = 5 * time.Second // a message, or a ping's answer
	perSecond   = 20              // messages of a page; people do not come near
	atOnce      = 40
)

// Patterns are the paths that Handler serves.
var Patterns = []string{"/phone", "/phone/"}

// Handler serves the page and its socket until Run ends.
func (p *Phones) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /phone", p.page)
	mux.HandleFunc("GET /phone/{path...}", p.page)
	mux.HandleFunc("GET /phone/socket", p.socket)
	return mux
}

func (p *Phones) page(w http.ResponseWriter, r *http.Request) {
	// The socket knows one name of this place; whoever came by another is sent there.
	if at, err := url.Parse(p.cfg.Origin); err == nil && !strings.EqualFold(at.Host, r.Host) {
		http.Redirect(w, r, p.cfg.Origin+"/phone", http.StatusFound)
		return
	}
	headers(w)
	path := r.PathValue("path")
	if path == "" {
		w.Header().Set("Cache-Control", "no-store")
		path = "index.html"
	}
	http.ServeFileFS(w, r, p.cfg.Page, path)
}

// headers let nobody frame the page and nothing run in it but its own script.
func headers(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "+
		"connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Permissions-Policy", "microphone=(self), camera=()")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
}

// socket is a handset for as long as its page is open.
func (p *Phones) socket(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Origin") != p.cfg.Origin {
		http.Error(w, "only this origin's own page may open a handset", http.StatusForbidden)
		return
	}
	at, err := url.Parse(p.cfg.Origin)
	if err != nil {
		http.Error(w, "no origin", http.StatusInternalServerError)
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{at.Host}})
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow()
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	h := newHandset(p, uuid.NewString(), stop)
	if !p.enter(h) {
		_ = conn.Close(websocket.StatusTryAgainLater, "too many handsets are open")
		return
	}
	conn.SetReadLimit(maxFrame)
	h.work.Go(func() {
		defer stop()
		h.write(ctx, conn)
	})
	h.work.Go(func() {
		defer stop()
		h.read(ctx, conn)
	})
	h.run(ctx)
}

// read passes messages on until the page goes, or says what is no message.
func (h *handset) read(ctx context.Context, conn *websocket.Conn) {
	pace := rate.NewLimiter(perSecond, atOnce)
	for {
		_, body, err := conn.Read(ctx)
		if err != nil {
			return
		}
		m, err := readMessage(body)
		switch {
		case err != nil:
			_ = conn.Close(websocket.StatusInvalidFramePayloadData, "not a message")
			return
		case !pace.Allow():
			_ = conn.Close(websocket.StatusPolicyViolation, "too many messages")
			return
		}
		select {
		case h.in <- m:
		case <-ctx.Done():
			return
		}
	}
}

// write sends messages, and pings so that a page that vanished is noticed.
func (h *handset) write(ctx context.Context, conn *websocket.Conn) {
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case message := <-h.out:
			body, err := json.Marshal(message)
			if err != nil {
				h.phones.cfg.Log.Error("message not written", "err", err)
				return
			}
			if timely(ctx, func(ctx context.Context) error { return conn.Write(ctx, websocket.MessageText, body) }) != nil {
				return
			}
		case <-ping.C:
			if timely(ctx, conn.Ping) != nil {
				return
			}
		}
	}
}

func timely(ctx context.Context, do func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, takenWithin)
	defer cancel()
	return do(limited)
}
