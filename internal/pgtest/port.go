package pgtest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"strconv"
	"strings"
)

// lowestPort is where free ports are looked for; well-known services are below.
const lowestPort = 15000

// freePort is a port at which nobody listens. It is none of those that the system gives to clients, as port 0 would be: a client that
// dials a server which is down can be given the server's own port, is then connected to itself, and keeps the server from coming back.
func freePort() (int, error) {
	highest := firstClientPort()
	var taken error
	for range 100 {
		port := lowestPort + rand.IntN(highest-lowestPort)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, l.Close()
		}
		taken = err
	}
	return 0, fmt.Errorf("no free port: %w", taken)
}

// firstClientPort is where the ports begin that Linux gives to clients.
func firstClientPort() int {
	text, err := os.ReadFile("/proc/sys/net/ipv4/ip_local_port_range")
	if fields := strings.Fields(string(text)); err == nil && len(fields) == 2 {
		if first, err := strconv.Atoi(fields[0]); err == nil && first > lowestPort+1000 {
			return first
		}
	}
	return 32768
}
