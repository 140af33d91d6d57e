// Package keypair is a certificate with its key from two files, read again when they change.
//
// Read first: Load, Pair.Get. It knows neither who serves with it nor for what.
package keypair

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/plain"
)

// Error says which of the two files is to be mended, and how, in a sentence for people.
type Error struct {
	OfKey    bool // the key's file; else the certificate's
	Sentence string
}

// Error is the sentence.
func (e *Error) Error() string { return e.Sentence }

// Pair is safe for concurrent use.
type Pair struct {
	certFile, keyFile string
	clock             clock.Clock
	// changed hears of files that were read again, with the end of the certificate's time, or why they could not be.
	changed func(ends time.Time, err error)

	mu     sync.Mutex // guards what follows
	now    *tls.Certificate
	stamp  string
	looked time.Time
}

const (
	// lookEvery is how often it is looked whether the files have changed, at most: handshakes may be many.
	lookEvery = time.Second
	maxFile   = 1 << 20
)

// Load reads a certificate with its chain, the server's own first, and its key, both in PEM. *Error says what is wrong with them; one is
// that the certificate's time is over. changed may be nil.
func Load(certFile, keyFile string, clk clock.Clock, changed func(ends time.Time, err error)) (*Pair, error) {
	p := &Pair{certFile: certFile, keyFile: keyFile, clock: clk, changed: changed, looked: clk.Now()}
	p.stamp = p.stampNow()
	pair, err := read(certFile, keyFile)
	if err == nil {
		err = inTime(pair.Leaf, certFile, clk.Now())
	}
	p.now = pair
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Get is what a server's GetCertificate wants. Files that cannot be used leave the pair as it is: half of a renewal ends nobody's calls.
func (p *Pair) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.clock.Now(); now.Sub(p.looked) >= lookEvery || now.Before(p.looked) {
		p.looked = now
		p.look(now)
	}
	return p.now, nil
}

// Ends is when the certificate's time is over.
func (p *Pair) Ends() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now.Leaf.NotAfter
}

// For says whether the certificate is one for a host's name.
func (p *Pair) For(host string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now.Leaf.VerifyHostname(host) == nil
}

// look reads the files again if they have changed; p.mu is held.
func (p *Pair) look(now time.Time) {
	stamp := p.stampNow()
	if stamp == p.stamp {
		return
	}
	p.stamp = stamp
	pair, err := read(p.certFile, p.keyFile)
	if err == nil {
		err = inTime(pair.Leaf, p.certFile, now)
	}
	var ends time.Time
	if err == nil {
		p.now, ends = pair, pair.Leaf.NotAfter
	}
	if p.changed != nil {
		p.changed(ends, err)
	}
}

// stampNow changes with the files: links to them are followed, as who renews certificates moves those.
func (p *Pair) stampNow() string {
	var all []string
	for _, name := range []string{p.certFile, p.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			all = append(all, "none")
			continue
		}
		all = append(all, fmt.Sprint(info.ModTime().UnixNano(), info.Size()))
	}
	return strings.Join(all, " ")
}

func read(certFile, keyFile string) (*tls.Certificate, error) {
	cert, err := readFile(certFile)
	if err != nil {
		return nil, &Error{Sentence: plain.Cause(err) + ": name the file of the certificate, in PEM, with its chain behind it"}
	}
	key, err := readFile(keyFile)
	if err != nil {
		return nil, &Error{OfKey: true, Sentence: plain.Cause(err) + ": name the file of the certificate's key, in PEM"}
	}
	switch {
	case !holds(cert, func(kind string) bool { return kind == "CERTIFICATE" }):
		return nil, &Error{Sentence: certFile + " holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----"}
	case holds(key, func(kind string) bool { return strings.Contains(kind, "ENCRYPTED") }):
		return nil, &Error{OfKey: true, Sentence: "the key in " + keyFile + " is encrypted: decrypt it, as with openssl pkey, and keep the " +
			"file readable by the adapter's user only"}
	case !holds(key, func(kind string) bool { return strings.HasSuffix(kind, "PRIVATE KEY") }):
		return nil, &Error{OfKey: true, Sentence: keyFile + " holds no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----"}
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, &Error{OfKey: true, Sentence: "the key in " + keyFile + " is not that of the certificate in " + certFile +
			": give the two that belong together"}
	}
	if pair.Leaf == nil {
		pair.Leaf, err = x509.ParseCertificate(pair.Certificate[0])
	}
	if err != nil {
		return nil, &Error{Sentence: certFile + " holds a certificate that cannot be read"}
	}
	return &pair, nil
}

func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New(name + " is a folder")
	case info.Size() > maxFile:
		return nil, errors.New(name + " is too large")
	}
	return os.ReadFile(name)
}

// holds says whether a block of PEM is of a kind.
func holds(text []byte, is func(kind string) bool) bool {
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			return false
		}
		if is(block.Type) || is(block.Headers["Proc-Type"]) {
			return true
		}
	}
}

// inTime refuses a certificate that no browser takes now.
func inTime(leaf *x509.Certificate, file string, now time.Time) error {
	switch {
	case now.After(leaf.NotAfter):
		return &Error{Sentence: fmt.Sprintf("the certificate in %s expired on %s: renew it, and put the new one and its key in the place of "+
			"the old ones", file, leaf.NotAfter.UTC().Format(time.DateOnly))}
	case now.Before(leaf.NotBefore):
		return &Error{Sentence: fmt.Sprintf("the certificate in %s is good from %s on: check this machine's clock, or take one that is good "+
			"now", file, leaf.NotBefore.UTC().Format(time.DateTime))}
	}
	return nil
}
