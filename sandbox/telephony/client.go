package telephony

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/emiago/sipgo/sip"
)

// target is a number at somebody else's exchange.
func target(address, num string) (sip.Uri, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return sip.Uri{}, fmt.Errorf("SIP address %q: %w", address, err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return sip.Uri{}, fmt.Errorf("SIP address %q: %w", address, err)
	}
	return sip.Uri{Scheme: "sip", User: num, Host: host, Port: n, UriParams: sip.NewParams()}, nil
}

// CallAt calls a number at the exchange of an address, as a telephone would; a from of "" withholds one's own.
func (x *Exchange) CallAt(ctx context.Context, address, to, from string, codec Codec) (*Call, error) {
	num := Number(to)
	if num == "" {
		return nil, notANumber(to)
	}
	uri, err := target(address, num)
	if err != nil {
		return nil, err
	}
	return x.dialSIP(ctx, contact{uri: uri}, num, from, codec), nil
}

// RegisterAt makes a number at the exchange of an address ring here, for five minutes. A life of 0 ends it.
func (x *Exchange) RegisterAt(ctx context.Context, address, num string, life int) error {
	uri, err := target(address, "")
	if err != nil {
		return err
	}
	req := sip.NewRequest(sip.REGISTER, uri)
	aor := sip.Uri{Scheme: "sip", User: num, Host: uri.Host, Port: uri.Port}
	from := sip.FromHeader{Address: aor, Params: sip.NewParams()}
	from.Params.Add("tag", sip.GenerateTagN(16))
	req.AppendHeader(&from)
	req.AppendHeader(&sip.ToHeader{Address: aor, Params: sip.NewParams()})
	here := x.agent.ContactHDR
	here.Address.User = num
	req.AppendHeader(&here)
	req.AppendHeader(sip.NewHeader("Expires", strconv.Itoa(life)))
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	res, err := x.agent.Client.Do(ctx, req)
	if err != nil {
		return fmt.Errorf("register at %s: %w", address, err)
	}
	if res.StatusCode != 200 {
		return errors.New("register at " + address + ": " + strconv.Itoa(int(res.StatusCode)) + " " + res.Reason)
	}
	return nil
}

// SendDigits presses keys on a SIP leg, one after another; other legs do not take them.
func SendDigits(ctx context.Context, leg Leg, keys string) error {
	l, ok := leg.(*rtpLeg)
	if !ok {
		return errors.New("this leg takes no digits")
	}
	gap := time.NewTicker(200 * time.Millisecond)
	defer gap.Stop()
	for _, key := range keys {
		for i, known := range dtmf {
			if key == known {
				l.sendDigit(byte(i))
			}
		}
		select {
		case <-gap.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
