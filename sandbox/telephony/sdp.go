package telephony

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"
)

const maxSDP = 64 << 10

// offer is what a SIP party says of its audio.
type offer struct {
	addr  *net.UDPAddr
	codec Codec
	event uint8 // payload type of DTMF; 0 for none
}

var errNoAudio = errors.New("no G.711 audio in the session description")

// readSDP finds the first audio stream, with PCMU or PCMA, whichever stands first.
func readSDP(body []byte) (offer, error) {
	if len(body) > maxSDP {
		return offer{}, errors.New("session description too large")
	}
	var d sdp.SessionDescription
	if err := d.Unmarshal(body); err != nil {
		return offer{}, fmt.Errorf("session description: %w", err)
	}
	for _, m := range d.MediaDescriptions {
		if m.MediaName.Media != "audio" || m.MediaName.Port.Value == 0 {
			continue
		}
		o := offer{codec: 255}
		for _, format := range m.MediaName.Formats {
			if o.codec == 255 && (format == "0" || format == "8") {
				n, _ := strconv.Atoi(format)
				o.codec = Codec(n)
			}
		}
		if o.codec == 255 {
			return offer{}, errNoAudio
		}
		for _, a := range m.Attributes {
			if format, name, ok := strings.Cut(a.Value, " "); a.Key == "rtpmap" && ok &&
				strings.HasPrefix(strings.ToLower(name), "telephone-event/8000") {
				n, err := strconv.ParseUint(format, 10, 7)
				if err == nil {
					o.event = uint8(n)
				}
			}
		}
		host := ""
		if d.ConnectionInformation != nil && d.ConnectionInformation.Address != nil {
			host = d.ConnectionInformation.Address.Address
		}
		if m.ConnectionInformation != nil && m.ConnectionInformation.Address != nil {
			host = m.ConnectionInformation.Address.Address
		}
		ip := net.ParseIP(host)
		if ip == nil || m.MediaName.Port.Value > 65535 {
			return offer{}, errNoAudio
		}
		o.addr = &net.UDPAddr{IP: ip, Port: m.MediaName.Port.Value}
		return o, nil
	}
	return offer{}, errNoAudio
}

// writeSDP says where we take audio, and in which codecs.
func writeSDP(local *net.UDPAddr, codecs ...Codec) []byte {
	var formats, maps strings.Builder
	for _, c := range codecs {
		fmt.Fprintf(&formats, " %d", c)
		fmt.Fprintf(&maps, "a=rtpmap:%d %s/8000\r\n", c, c)
	}
	return fmt.Appendf(nil, "v=0\r\no=patchcord %d 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio %d RTP/AVP%s "+
		"%d\r\n%sa=rtpmap:%d telephone-event/8000\r\na=fmtp:%d 0-15\r\na=ptime:20\r\na=sendrecv\r\n",
		local.Port, local.IP, local.IP, local.Port, formats.String(), eventType, maps.String(), eventType, eventType)
}
