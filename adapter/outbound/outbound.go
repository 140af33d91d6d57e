// Package outbound asks web services for flows: hosts on a list, on the open internet, within bounds of time and size.
//
// Read first: Client, Hosts. It knows HTTP; which hosts are on the list and what the answer is for, others know.
package outbound

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of a request and its answer.
const (
	Within      = 10 * time.Second // the longest that a request may take, redirections and answer included
	MaxBody     = 1 << 20          // bytes of an answer's body, unpacked
	maxHeaders  = 50               // of a request, and of an answer
	maxHeader   = 8 << 10          // bytes of all headers of a request, and of an answer
	maxHops     = 5
	maxURL      = 8 << 10
	idleFor     = 30 * time.Second
	dialWithin  = 5 * time.Second
	maxAddress  = 32       // addresses of a host that are looked at
	maxRawBytes = 64 << 10 // bytes of an answer's headers as they come
)

// Request is what to ask.
type Request struct {
	Method, URL string
	Header      map[string]string
	Body        string
	Timeout     time.Duration // 0 is Within
}

// Response is the answer.
type Response struct {
	Status int
	Header map[string]string // names in small letters, without Set-Cookie
	Body   any               // decoded where the answer says that it is JSON, else text
}

// Refusal is why nothing was asked, or why there is no answer, for a person.
type Refusal struct {
	Reason string
	Sent   bool // it may have reached the web service
}

// Error is the reason.
func (r *Refusal) Error() string { return r.Reason }

func refuse(format string, args ...any) *Refusal {
	return &Refusal{Reason: fmt.Sprintf(format, args...)}
}

// Client asks. It is safe for concurrent use; Close ends its idle connections.
type Client struct {
	lookup    func(ctx context.Context, host string) ([]netip.Addr, error)
	dial      func(ctx context.Context, network, address string) (net.Conn, error)
	transport *http.Transport
}

// New asks by the machine's own resolver, directly: no proxy is used, since it would look hosts up itself.
func New() *Client {
	lookup := func(ctx context.Context, host string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	}
	return newClient(lookup, (&net.Dialer{Timeout: dialWithin}).DialContext, &tls.Config{MinVersion: tls.VersionTLS12})
}

func newClient(lookup func(context.Context, string) ([]netip.Addr, error), dial func(context.Context, string, string) (net.Conn, error),
	secure *tls.Config) *Client {
	c := &Client{lookup: lookup, dial: dial}
	c.transport = &http.Transport{
		DialContext: c.connect, TLSClientConfig: secure, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: maxRawBytes,
		MaxIdleConnsPerHost: 2, MaxIdleConns: 100, IdleConnTimeout: idleFor, TLSHandshakeTimeout: dialWithin,
	}
	return c
}

// Close ends idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// errClosed means that a host is not on the open internet.
var errClosed = errors.New("its address is not on the open internet, but in a private or special network")

// connect dials one of the addresses that it has checked itself: what the name says a moment later does not count.
func (c *Client) connect(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err == nil {
		host, err = ascii(host)
	}
	if err != nil {
		return nil, err
	}
	found := []netip.Addr{}
	if ip, err := netip.ParseAddr(host); err == nil {
		found = append(found, ip)
	} else if found, err = c.lookup(ctx, host); err != nil {
		return nil, err
	}
	found = found[:min(len(found), maxAddress)]
	if len(found) == 0 || slices.ContainsFunc(found, func(ip netip.Addr) bool { return !public(ip) }) {
		return nil, errClosed
	}
	var errs []error
	for _, ip := range found {
		conn, err := c.dial(ctx, network, netip.AddrPortFrom(ip.Unmap(), port16(port)).String())
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

func port16(port string) uint16 {
	n, err := net.LookupPort("tcp", port)
	if err != nil {
		return 0
	}
	return uint16(n)
}

// Do asks one of the hosts. *Refusal for what is not asked or not answered; ctx's own error if that ended.
func (c *Client) Do(ctx context.Context, hosts Hosts, r Request) (Response, error) {
	within := Within
	if r.Timeout > 0 {
		within = min(r.Timeout, Within)
	}
	limited, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	request, err := prepare(limited, hosts, r)
	if err != nil {
		return Response{}, err
	}
	client := http.Client{Transport: c.transport, CheckRedirect: func(next *http.Request, past []*http.Request) error {
		return follow(hosts, next, past)
	}}
	answer, err := client.Do(request)
	if err == nil {
		defer answer.Body.Close()
		var out Response
		if out, err = read(answer); err == nil {
			return out, nil
		}
	}
	switch refused, ok := errors.AsType[*Refusal](err); {
	case ctx.Err() != nil:
		return Response{}, ctx.Err()
	case ok:
		return Response{}, refused
	case errors.Is(err, errClosed):
		return Response{}, refuse("%s is not asked: %v", request.URL.Host, errClosed)
	case limited.Err() != nil:
		return Response{}, &Refusal{Reason: fmt.Sprintf("%s did not answer within %v", request.URL.Host, within), Sent: true}
	}
	return Response{}, &Refusal{Reason: fmt.Sprintf("%s could not be asked: %s", request.URL.Host, plain(err)), Sent: sent(err)}
}

// plain is an error without the address that was asked: what stands there may be nobody's business.
func plain(err error) string {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		err = failed.Err
	}
	text := err.Error()
	return text[:min(len(text), 300)]
}

// sent is false where not even a connection was made.
func sent(err error) bool {
	failed, ok := errors.AsType[*net.OpError](err)
	if _, lookup := errors.AsType[*net.DNSError](err); lookup {
		return false
	}
	return !ok || failed.Op != "dial"
}

func prepare(ctx context.Context, hosts Hosts, r Request) (*http.Request, error) {
	if len(r.URL) > maxURL {
		return nil, refuse("the URL is longer than %d bytes", maxURL)
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader([]byte(r.Body)))
	if err != nil {
		return nil, refuse("the URL or the method cannot be used: %s", plain(err))
	}
	if why := unfit(hosts, request.URL); why != "" {
		return nil, refuse("%s", why)
	}
	size := 0
	for name, value := range r.Header {
		if slices.Contains(ours, http.CanonicalHeaderKey(name)) {
			return nil, refuse("the header %s cannot be set", name)
		}
		size += len(name) + len(value)
		request.Header.Set(name, value)
	}
	if len(r.Header) > maxHeaders || size > maxHeader {
		return nil, refuse("the headers are more than %d, or larger than %d kB", maxHeaders, maxHeader>>10)
	}
	if request.Header.Get("User-Agent") == "" {
		request.Header.Set("User-Agent", "Patchcord")
	}
	return request, nil
}

// ours are headers that say how a request is sent.
var ours = []string{"Host", "Content-Length", "Connection", "Transfer-Encoding", "Upgrade", "Te", "Trailer", "Keep-Alive",
	"Proxy-Authorization",
	"Proxy-Connection", "Accept-Encoding", "Expect"}

// unfit says why an address is not asked; "" if it is.
func unfit(hosts Hosts, u *url.URL) string {
	switch {
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return "the URL must begin with https:// or http:// and a host"
	case u.User != nil:
		return "the URL must not hold a user's name or password: use the header Authorization"
	case !hosts.Has(u):
		return u.Host + " is not in the list of web services of the AC CTI Adapter record: an administrator adds it to HTTP Allowed Hosts"
	}
	return ""
}

// follow says whether a redirection is followed. What says who asks goes to nobody else than was asked.
func follow(hosts Hosts, next *http.Request, past []*http.Request) error {
	first := past[0].URL
	switch why := unfit(hosts, next.URL); {
	case len(past) > maxHops:
		return &Refusal{Reason: fmt.Sprintf("%s sends on more than %d times", first.Host, maxHops), Sent: true}
	case first.Scheme == "https" && next.URL.Scheme != "https":
		return &Refusal{Reason: first.Host + " sends on to an address that is not encrypted", Sent: true}
	case why != "":
		return &Refusal{Reason: first.Host + " sends on: " + why, Sent: true}
	}
	if next.URL.Host != first.Host {
		for name := range next.Header {
			if name != "User-Agent" && name != "Accept" && name != "Content-Type" {
				next.Header.Del(name)
			}
		}
	}
	return nil
}

func read(answer *http.Response) (Response, error) {
	body, err := io.ReadAll(io.LimitReader(answer.Body, MaxBody+1))
	if err != nil {
		return Response{}, err
	}
	if len(body) > MaxBody {
		return Response{}, &Refusal{Reason: fmt.Sprintf("the answer of %s is larger than %d kB", answer.Request.URL.Host, MaxBody>>10),
			Sent: true}
	}
	out := Response{Status: answer.StatusCode, Header: headers(answer.Header), Body: strings.ToValidUTF8(string(body),
		string(utf8.RuneError))}
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if kind == "application/json" || strings.HasSuffix(kind, "+json") {
		var decoded any
		if json.Unmarshal(body, &decoded) == nil {
			out.Body = decoded
		}
	}
	return out, nil
}

// headers are an answer's, by their names, as far as they have room.
func headers(all http.Header) map[string]string {
	out, size := map[string]string{}, 0
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := strings.Join(all[name], ", ")
		if size += len(name) + len(value); name == "Set-Cookie" || len(out) == maxHeaders || size > maxHeader {
			continue
		}
		out[strings.ToLower(name)] = strings.ToValidUTF8(value, string(utf8.RuneError))
	}
	return out
}
