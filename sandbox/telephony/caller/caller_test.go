package caller

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// At a closed port one sentence that names it comes at once, for a caller and for a telephone that waits for calls.
func TestNobodyListensThere(t *testing.T) {
	leak.Check(t)
	closed, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := closed.LocalAddr().String()
	_ = closed.Close()
	for _, answer := range []bool{false, true} {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // SIP alone would need 32
		var told []string
		_, err := Run(ctx, Config{SIP: port, To: "+12065550100", From: "+12065550142", Answer: answer},
			func(e Event) { told = append(told, e.Name) })
		cancel()
		if !errors.Is(err, ErrNobody) || err.Error() != "nobody answers by SIP at "+port || strings.Contains(strings.Join(told, " "), "ended") {
			t.Errorf("answering %v: %v, told %v", answer, err, told)
		}
	}
}

// A call says who may have answered it, and at its end the SIP library does not complain on the program's own log.
func TestACallAndItsWords(t *testing.T) {
	leak.Check(t)
	var said bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&said, nil)))
	defer slog.SetDefault(before)
	x, err := telephony.Listen(telephony.Config{SIP: "127.0.0.1:0", Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var serving sync.WaitGroup
	serving.Go(func() { _ = x.Run(ctx) })
	serving.Go(func() {
		call := <-x.Calls()
		if err := call.Answer(ctx); err != nil {
			t.Error(err)
		}
	})
	var answered string
	result, err := Run(ctx, Config{SIP: x.SIPAddr(), To: "+12065550100", From: "+12065550142", Duration: 50 * time.Millisecond},
		func(e Event) {
			if e.Name == "answered" {
				answered = e.Detail
			}
		})
	stop()
	serving.Wait()
	if err != nil || !result.Answered || !strings.Contains(answered, "music") {
		t.Errorf("%+v, %v: %q", result, err, answered)
	}
	if said.Len() > 0 {
		t.Errorf("on the program's log: %s", said.String())
	}
}

// A telephone that has answered and gone is not rung again: the number is free for whoever answers for it next.
func TestATelephoneThatAnsweredLeavesItsNumber(t *testing.T) {
	leak.Check(t)
	x, err := telephony.Listen(telephony.Config{SIP: "127.0.0.1:0", Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var serving, answering sync.WaitGroup
	serving.Go(func() { _ = x.Run(ctx) })
	registered := make(chan struct{})
	answering.Go(func() {
		_, err := Run(ctx, Config{SIP: x.SIPAddr(), From: "+12065550142", Answer: true}, func(e Event) {
			if e.Name == "registered" {
				close(registered)
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-registered
	call, err := x.Dial(ctx, "+12065550142", "+12065550100", telephony.PCMU)
	if err != nil {
		t.Fatal(err)
	}
	<-call.Answered()
	call.HangUp(telephony.Normal)
	answering.Wait()
	again, err := x.Dial(ctx, "+12065550142", "+12065550100", telephony.PCMU)
	if err != nil {
		t.Fatal(err)
	}
	<-again.Ended()
	if again.Cause() != telephony.Unallocated {
		t.Errorf("rung again: %s", again.Cause())
	}
	stop()
	serving.Wait()
}
