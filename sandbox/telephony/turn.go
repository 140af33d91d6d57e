package telephony

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/pion/turn/v5"
)

const (
	turnRealm = "patchcord"
	turnLife  = 24 * time.Hour
)

// ICEServer is a TURN server with short-lived credentials, as browsers take it.
type ICEServer struct {
	URLs       []string `json:"urls"`
	Username   string   `json:"username"`
	Credential string   `json:"credential"`
}

// relay is the TURN server that relayed candidates need.
type relay struct {
	server *turn.Server
	addr   string
	secret string
}

func listenTURN(address string) (*relay, error) {
	packets, streams, err := listenBoth(address)
	if err != nil {
		return nil, fmt.Errorf("TURN: %w", err)
	}
	at := packets.LocalAddr().String()
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	r := &relay{addr: at, secret: base64.RawStdEncoding.EncodeToString(raw)}
	host, _, _ := net.SplitHostPort(at)
	ip := net.ParseIP(host)
	relays := &turn.RelayAddressGeneratorStatic{RelayAddress: ip, Address: host}
	// Relaying to anything but our own media would make this an open proxy into the network.
	permit := func(_ net.Addr, peer net.IP) bool { return peer.IsLoopback() || peer.Equal(ip) }
	r.server, err = turn.NewServer(turn.ServerConfig{
		Realm: turnRealm, AuthHandler: turn.LongTermTURNRESTAuthHandler(r.secret, nil),
		PacketConnConfigs: []turn.PacketConnConfig{{PacketConn: packets, RelayAddressGenerator: relays, PermissionHandler: permit}},
		ListenerConfigs:   []turn.ListenerConfig{{Listener: streams, RelayAddressGenerator: relays, PermissionHandler: permit}},
	})
	if err != nil {
		_, _ = packets.Close(), streams.Close()
		return nil, fmt.Errorf("TURN: %w", err)
	}
	return r, nil
}

// servers gives credentials for a user; the addresses are the same every time.
func (r *relay) servers(user string) ([]ICEServer, error) {
	username, credential, err := turn.GenerateLongTermTURNRESTCredentials(r.secret, strings.ReplaceAll(user, ":", ""), turnLife)
	if err != nil {
		return nil, err
	}
	return []ICEServer{{URLs: []string{"turn:" + r.addr + "?transport=udp", "turn:" + r.addr + "?transport=tcp"},
		Username: username, Credential: credential}}, nil
}
