//go:build !lean

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/patchcord/patchcord/sandbox/telephony/caller"
)

// usualConnect is where a sandbox's contact centre is if nobody moves it; the flag's default is the same.
const usualConnect = "http://localhost:8083"

type callCommand struct {
	SIP      string        `name:"sip" default:"127.0.0.1:5060" help:"Where to call: host:port of the SIP trunk."`
	To       string        `default:"+12065550100" help:"Number to call."`
	From     string        `default:"+12065550142" help:"Number to call from, or to answer as."`
	WAV      string        `name:"wav" type:"existingfile" help:"Sound to play, 16-bit PCM; a tone by default."`
	Record   string        `help:"File for what is heard."`
	DTMF     string        `name:"dtmf" help:"Keys to press once connected."`
	Duration time.Duration `help:"Hang up after this time; 0 waits for the other side." default:"0"`
	Answer   bool          `help:"Register as a telephone and answer a call."`
	Connect  string        `default:"http://localhost:8083" help:"API that tells queue and agent apart; empty asks nobody."`
}

// Run calls and prints what happens. Only an answered call is a success; a queue's music is no answer where it can be told from one.
func (c callCommand) Run(e *env) error {
	var printing sync.Mutex
	say := func(name, detail string) {
		printing.Lock()
		defer printing.Unlock()
		fmt.Fprintf(e.stdout, "%-10s %s\n", name, detail)
	}
	hear, verdict := func(event caller.Event) { say(event.Name, event.Detail) }, func() error { return nil }
	if c.Connect != "" && !c.Answer {
		watch, err := c.watcher(e, say)
		if err != nil {
			return err
		}
		hear, verdict = func(event caller.Event) { watch.hear(e.ctx, event) }, watch.verdict
	}
	result, err := caller.Run(e.ctx, caller.Config{
		SIP: c.SIP, To: c.To, From: c.From, WAV: c.WAV, Record: c.Record, DTMF: c.DTMF, Duration: c.Duration, Answer: c.Answer,
	}, hear)
	if queue := verdict(); err == nil {
		err = queue
	}
	if errors.Is(err, caller.ErrNobody) {
		return fmt.Errorf("%w: start the sandbox, or name its address with --sip", err)
	}
	if err != nil {
		return err
	}
	if !result.Answered {
		return errors.New("the call was not answered: " + result.Cause.String())
	}
	return nil
}

// callFor is how long a test call rings or waits before it is hung up.
const callFor = 6 * time.Second

// placeCall calls by SIP and says how far the call came. It is a checks.Place.
func placeCall(ctx context.Context, sip, to, from string) (reached, cause string, err error) {
	ctx, cancel := context.WithTimeout(ctx, callFor)
	defer cancel()
	reached = "trying"
	result, err := caller.Run(ctx, caller.Config{
		SIP: sip, To: to, From: from, Duration: callFor,
	}, func(event caller.Event) {
		if event.Name == "ringing" || event.Name == "answered" {
			reached = event.Name
		}
	})
	if err != nil && ctx.Err() != nil {
		return reached, "hung up by us", nil
	}
	return reached, result.Cause.String(), err
}
