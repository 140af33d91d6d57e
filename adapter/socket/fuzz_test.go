package socket

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// FuzzFrames sends two frames on a socket, before and after a good hello. Whatever they are, the hub goes on: the next page is welcomed.
func FuzzFrames(f *testing.F) {
	f.Add([]byte(`{"type":"hello","hello":{"version":4,"session":"good","page":"p"}}`),
		[]byte(`{"type":"event","event":{"key":"k","source":"s"}}`))
	f.Add([]byte(`{"hello":{"version":4,"session":"good","page":"p","capabilities":["console","console"]},"event":{}}`),
		[]byte(`{"type":"result","result":{"id":"","outcome":"done","value":{}}}`))
	f.Add([]byte(`null`), []byte(`{"event":{"age":-9223372036854775808,"payload":"x"},"front":{"touchedAgo":-1},"sees":{}}`))
	hub := NewHub(Config{
		Origins: []string{origin}, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Who:     func(_ context.Context, session, _ string) (User, error) { return User{ID: session}, nil },
		Welcome: func(context.Context, string) (wire.Welcome, error) { return wire.Welcome{}, nil },
		Keep:    func(context.Context, string, string, wire.Event) error { return nil },
		Sees:    func(context.Context, string, string, wire.Sees) error { return nil },
	})
	server := httptest.NewServer(hub)
	f.Cleanup(func() { hub.Close(); server.Close() })
	at := strings.Replace(server.URL, "http", "ws", 1)
	dial := func(t *testing.T, ctx context.Context) *websocket.Conn {
		conn, _, err := websocket.Dial(ctx, at, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {origin}}})
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		bad := dial(t, ctx)
		_ = bad.Write(ctx, websocket.MessageText, first)
		_ = bad.Write(ctx, websocket.MessageText, second)
		_ = bad.CloseNow()
		good := dial(t, ctx)
		defer good.CloseNow()
		hello := `{"type":"hello","hello":{"version":4,"session":"good","page":"decent"}}`
		if err := good.Write(ctx, websocket.MessageText, []byte(hello)); err != nil {
			t.Fatal(err)
		}
		if _, body, err := good.Read(ctx); err != nil || !strings.Contains(string(body), "welcome") {
			t.Fatalf("%s %v", body, err)
		}
	})
}
