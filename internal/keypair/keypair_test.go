package keypair

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// made writes a certificate for a host, good from noon's day before until it ends, with its key.
func made(t *testing.T, dir, host string, ends time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: noon.Add(-24 * time.Hour), NotAfter: ends}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, host+".crt"), filepath.Join(dir, host+".key")
	write(t, cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	write(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	return cert, key
}

func write(t *testing.T, name string, body []byte) {
	t.Helper()
	if err := os.WriteFile(name, body, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFilesThatDoNotServeSayWhatToDo(t *testing.T) {
	dir := t.TempDir()
	cert, key := made(t, dir, "a.example", noon.Add(time.Hour))
	other, otherKey := made(t, dir, "b.example", noon.Add(time.Hour))
	old, oldKey := made(t, dir, "old.example", noon.Add(-time.Hour))
	locked := filepath.Join(dir, "locked.key")
	write(t, locked, pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte("x")}))
	early := clock.NewFake(noon.Add(-48 * time.Hour))
	for _, tc := range []struct {
		name, cert, key string
		clock           clock.Clock
		ofKey           bool
		says            string
	}{
		{"a pair", cert, key, nil, false, ""},
		{"no such certificate", filepath.Join(dir, "none.crt"), key, nil, false, "none.crt is not there: name the file of the certificate"},
		{"no such key", cert, filepath.Join(dir, "none.key"), nil, true, "none.key is not there: name the file of the certificate's key"},
		{"another's key", cert, otherKey, nil, true, "is not that of the certificate in " + cert},
		{"another's certificate", other, key, nil, true, "is not that of the certificate"},
		{"the two exchanged", key, cert, nil, false, "holds no certificate in PEM"},
		{"a certificate as key", cert, cert, nil, true, "holds no private key in PEM"},
		{"an encrypted key", cert, locked, nil, true, "is encrypted: decrypt it"},
		{"expired", old, oldKey, nil, false, "expired on 2026-03-02: renew it"},
		{"not good yet", cert, key, early, false, "is good from 2026-03-01 12:00:00 on"},
		{"a folder", dir, key, nil, false, "is a folder"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			clk := tc.clock
			if clk == nil {
				clk = clock.NewFake(noon)
			}
			_, err := Load(tc.cert, tc.key, clk, nil)
			failed, ok := errors.AsType[*Error](err)
			switch {
			case tc.says == "" && err != nil:
				t.Error(err)
			case tc.says != "" && (!ok || failed.OfKey != tc.ofKey || !strings.Contains(err.Error(), tc.says)):
				t.Errorf("%v, want %q", err, tc.says)
			}
		})
	}
}

// Whoever renews certificates replaces the files while agents are there.
func TestARenewedCertificateIsServedWithoutARestart(t *testing.T) {
	dir := t.TempDir()
	cert, key := made(t, dir, "a.example", noon.Add(time.Hour))
	clk := clock.NewFake(noon)
	var told []error
	p, err := Load(cert, key, clk, func(_ time.Time, err error) { told = append(told, err) })
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{GetCertificate: p.Get})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_ = conn.(*tls.Conn).Handshake() // who asks says what is wrong
			_ = conn.Close()
		}
	}()
	ends := func() time.Time {
		t.Helper()
		conn, err := tls.DialWithDialer(&net.Dialer{Timeout: 10 * time.Second}, "tcp", l.Addr().String(), &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		return conn.ConnectionState().PeerCertificates[0].NotAfter
	}
	if got := ends(); !got.Equal(noon.Add(time.Hour)) {
		t.Fatalf("ends %v", got)
	}

	// Half of a renewal: the new certificate is there, its key is not.
	newer, newerKey := made(t, t.TempDir(), "a.example", noon.Add(48*time.Hour))
	replace(t, newer, cert)
	clk.Advance(lookEvery)
	if got := ends(); !got.Equal(noon.Add(time.Hour)) || len(told) != 1 || told[0] == nil {
		t.Errorf("half a renewal: ends %v, told %v", got, told)
	}
	replace(t, newerKey, key)
	if got := ends(); !got.Equal(noon.Add(time.Hour)) {
		t.Errorf("the files are looked at more than once a second: ends %v", got)
	}
	clk.Advance(lookEvery)
	if got := ends(); !got.Equal(noon.Add(48*time.Hour)) || len(told) != 2 || told[1] != nil {
		t.Errorf("the whole renewal: ends %v, told %v", got, told)
	}
	if !p.Ends().Equal(noon.Add(48*time.Hour)) || !p.For("a.example") || p.For("b.example") {
		t.Errorf("ends %v", p.Ends())
	}
}

// replace puts a file in the place of another, with a time that differs.
func replace(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Chtimes(from, noon, noon.Add(time.Duration(len(to))*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}
