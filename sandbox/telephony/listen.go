package telephony

import (
	"errors"
	"net"
	"strings"
	"syscall"
)

const portTries = 20

// listenBoth opens one port for UDP and TCP. With port 0 the system picks one that is free for UDP; when somebody has
// it for TCP, another is
// tried.
func listenBoth(address string) (net.PacketConn, net.Listener, error) {
	for try := 1; ; try++ {
		packets, err := net.ListenPacket("udp4", address)
		if err != nil {
			return nil, nil, err
		}
		streams, err := net.Listen("tcp4", packets.LocalAddr().String())
		if err == nil {
			return packets, streams, nil
		}
		_ = packets.Close()
		if !strings.HasSuffix(address, ":0") || !errors.Is(err, syscall.EADDRINUSE) || try == portTries {
			return nil, nil, err
		}
	}
}
