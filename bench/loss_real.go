package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
)

// chromium has one agent's tabs in a real browser, with the script that agents get. The platforms around it are this program.
type chromium struct {
	browser *browser
	program *program
	server  *http.Server
	url     string

	mu      sync.Mutex // guards what follows
	in      *bufio.Writer
	orders  int
	waiting map[int]chan order
	tabs    []string
	opened  int // tabs so far
	banners []banner
}

// order is what the browser's script is told, and what it tells.
type order struct {
	Do       string          `json:"do,omitempty"`
	N        int             `json:"n"`
	Tab      string          `json:"tab,omitempty"`
	Contacts []shownContact  `json:"contacts,omitempty"`
	Contact  string          `json:"contact,omitempty"`
	Events   []string        `json:"events,omitempty"`
	Payload  json.RawMessage `json:"payload,omitempty"`

	Is    string          `json:"is,omitempty"`
	Key   string          `json:"key,omitempty"`
	Link  bool            `json:"link,omitempty"`
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
	Level string          `json:"level,omitempty"`
	Text  string          `json:"text,omitempty"`
}

// shownContact is a contact, and the event of its state.
type shownContact struct {
	wire.Contact
	Event string `json:"event"`
}

// orderWithin is how long a browser may take for anything on a machine that is busy.
const orderWithin = 20 * time.Second

// listenForPages takes the address of which real pages are, before the adapter is told of it.
func listenForPages() (net.Listener, string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	return l, "http://" + l.Addr().String(), nil
}

// newChromium starts a browser without tabs.
func newChromium(ctx context.Context, b *browser, l net.Listener, url string) (*chromium, error) {
	c := &chromium{browser: b, url: url, waiting: map[int]chan order{}}
	c.server = &http.Server{Handler: c.platforms(), ReadHeaderTimeout: time.Minute}
	go func() { _ = c.server.Serve(l) }() // ends with close
	p, lines, in, err := spawn(ctx, true, "node", filepath.Join(filepath.Dir(script()), "loss_tabs.mjs"), url)
	if err != nil {
		return nil, errors.Join(err, c.server.Close())
	}
	c.program, c.in = p, in
	if _, ok := <-lines; !ok { // its first line says that it is there
		return nil, errors.Join(fmt.Errorf("the browser did not start: %s", p.stderr), c.server.Close())
	}
	go func() {
		for line := range lines {
			c.hear(line)
		}
	}()
	return c, nil
}

// said are the banners that were shown.
func (c *chromium) said() []banner {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.banners)
}

func (c *chromium) end() {
	c.program.stop()
	_ = c.server.Close()
}

// hear takes in a line of the browser's script.
func (c *chromium) hear(line []byte) {
	var m order
	if json.Unmarshal(line, &m) != nil {
		return
	}
	b := c.browser
	switch m.Is {
	case "done":
		c.mu.Lock()
		to := c.waiting[m.N]
		delete(c.waiting, m.N)
		c.mu.Unlock()
		if to != nil {
			to <- m
		}
	case "link":
		b.mu.Lock()
		b.link = append(b.link, edge{time.Now(), m.Link})
		b.mu.Unlock()
	case "told":
		b.mu.Lock()
		if b.facts[m.Key] == nil {
			b.facts[m.Key] = &told{at: time.Now()}
		}
		b.mu.Unlock()
	case "banner":
		c.mu.Lock()
		c.banners = append(c.banners, banner{m.Level, m.Text, time.Now()})
		c.mu.Unlock()
	case "offered":
		b.show(popped{record: m.Key, at: time.Now(), offered: true})
	case "kept", "refused":
		b.settle(m.Key, m.Is == "kept")
	}
}

// does has the script carry something out, and waits for it.
func (c *chromium) does(o order) order {
	done := make(chan order, 1)
	c.mu.Lock()
	c.orders++
	o.N = c.orders
	c.waiting[o.N] = done
	body, err := json.Marshal(o)
	if err == nil {
		_, _ = c.in.Write(append(body, '\n')) // Flush tells
		err = c.in.Flush()
	}
	c.mu.Unlock()
	if err != nil {
		return order{Error: err.Error()}
	}
	select {
	case m := <-done:
		return m
	case <-time.After(orderWithin):
		return order{Error: "the browser did not answer"}
	}
}

// open opens a tab; shut closes the nth, or all if n is below zero; reload loads the nth again.
func (c *chromium) open() {
	c.mu.Lock()
	c.opened++
	tab := fmt.Sprint(c.opened)
	c.tabs = append(c.tabs, tab)
	c.mu.Unlock()
	c.does(order{Do: "open", Tab: tab})
}

func (c *chromium) shut(n int) {
	c.mu.Lock()
	gone := c.tabs
	if n >= 0 && n < len(c.tabs) {
		gone = c.tabs[n : n+1 : n+1]
		c.tabs = append(append([]string{}, c.tabs[:n]...), c.tabs[n+1:]...)
	} else {
		c.tabs = nil
	}
	c.mu.Unlock()
	for _, tab := range gone {
		c.does(order{Do: "close", Tab: tab})
	}
}

func (c *chromium) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.tabs)
}

func (c *chromium) reload(n int) {
	c.mu.Lock()
	tab := ""
	if n < len(c.tabs) {
		tab = c.tabs[n]
	}
	c.mu.Unlock()
	c.does(order{Do: "reload", Tab: tab})
}

// happens tells all tabs what happens to a contact, and whether one of them heard it.
func (c *chromium) happens(all []shownContact, contactID, event string) (heard bool) {
	m := c.does(order{Do: "happens", Contacts: all, Contact: contactID, Events: []string{event}})
	return string(m.Value) == "true"
}

func (c *chromium) clicks(payload json.RawMessage) { c.does(order{Do: "clicks", Payload: payload}) }

// unsent is how many facts wait in the browser's storage.
func (c *chromium) unsent() (n int) {
	_ = json.Unmarshal(c.does(order{Do: "unsent"}).Value, &n) // zero of a browser without tabs
	return n
}

// platforms serves the pages, and does what they ask of console and panel.
func (c *chromium) platforms() http.Handler {
	mux := http.NewServeMux()
	here := filepath.Dir(script())
	mux.Handle("GET /", http.FileServer(http.Dir(filepath.Join(here, "loss"))))
	mux.Handle("GET /softphone/", http.StripPrefix("/softphone/", http.FileServer(http.Dir(filepath.Join(here, "..", "softphone", "dist")))))
	mux.HandleFunc("GET /page.html", func(w http.ResponseWriter, _ *http.Request) {
		b := c.browser
		memory, _ := json.Marshal(map[string]any{"session": b.session, "since": 1, "ccpUrl": "https://desk.my.connect.aws/ccp-v2/"}) // texts
		who, _ := json.Marshal(map[string]any{"username": b.centre.agent().Username, "name": b.centre.agent().Name, "agentARN": ""})
		page, err := os.ReadFile(filepath.Join(here, "loss", "page.tmpl"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		user := b.user + "AAA" // as the page writes it, of an id without capitals
		_, _ = fmt.Fprintf(w, string(page), user, user, memory, who, "http://"+b.node.address, user)
	})
	mux.HandleFunc("POST /do/{what}", func(w http.ResponseWriter, r *http.Request) {
		var asked pageAsks
		_ = json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&asked) // an empty question is refused by whoever answers it
		value, problem := c.asked(r.PathValue("what"), asked)
		_ = json.NewEncoder(w).Encode(map[string]any{"value": value, "problem": problem})
	})
	return mux
}

// pageAsks is what a page may ask of its platforms.
type pageAsks struct {
	SearchParams string          `json:"searchParams"`
	Params       json.RawMessage `json:"params"`
	Number       string          `json:"number"`
	Events       []struct{ ID, Event string }
}

func (c *chromium) asked(what string, asked pageAsks) (value any, problem string) {
	centre := c.browser.centre
	if what != "snapshot" && what != "saw" {
		time.Sleep(time.Duration(2+rand.IntN(60)) * time.Millisecond) // the platform takes its time
	}
	switch what {
	case "search":
		return c.browser.search(asked.SearchParams), ""
	case "softphoneLayout":
		return json.RawMessage(layout), ""
	case "screenPop":
		return c.browser.act(wire.CommandBody{Type: "screenPop", ScreenPop: &wire.ScreenPop{Params: asked.Params}})
	case "dial":
		return c.browser.act(wire.CommandBody{Type: "dial", Dial: &wire.Dial{PhoneNumber: asked.Number}})
	case "snapshot":
		centre.mu.Lock()
		defer centre.mu.Unlock()
		return centre.shown(), ""
	case "saw":
		centre.mu.Lock()
		defer centre.mu.Unlock()
		for _, e := range asked.Events {
			centre.heard(e.ID, e.Event, true)
		}
		return true, ""
	}
	return nil, "nobody does that here"
}

// shown are all contacts with the events of their states; c.mu is held.
func (c *centre) shown() []shownContact {
	all := []shownContact{}
	for i, contact := range c.contacts {
		all = append(all, shownContact{contact, c.since[i]})
	}
	return all
}
