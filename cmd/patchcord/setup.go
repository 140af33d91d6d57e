package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/checks"
	"github.com/patchcord/patchcord/setup/steps"
)

type setupCommand struct {
	Plan    setupPlanCommand    `cmd:"" help:"Say what is to be done, and do nothing. Ends with 0: nothing is; 2: something is; 1: an error."`
	Apply   setupApplyCommand   `cmd:"" help:"Do what an API can do, and list what only a person can. May be cut off and run again."`
	Verify  setupVerifyCommand  `cmd:"" help:"Check that agents can work: what is wrong, why, what to do. Ends with 0 if the main job works."`
	Destroy setupDestroyCommand `cmd:"" help:"Take back what apply made, and nothing else."`
	Rights  setupRightsCommand  `cmd:"" help:"Print the rights that set-up needs, as an IAM policy and a permission set."`
}

// Help is shown by patchcord setup --help.
func (setupCommand) Help() string {
	return "Puts the adapter into a Salesforce org and an Amazon Connect instance.\n\n" +
		"Signs in to Salesforce as setup.salesforce of the configuration says (the sf command, a browser, a key, a password), " +
		"and to AWS as its other\nprograms do: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or setup.amazon_connect.profile.\n" +
		"What apply made is remembered in a file beside the configuration; destroy takes back only that.\n\n" +
		"Signs of a plan: + is made, ~ is changed, = is right already, - is taken back, ! only a person can do."
}

// setupFlags are common to the four.
type setupFlags struct {
	Config string `default:"patchcord.yaml" help:"What to set up; see examples."`
	Output string `short:"o" enum:"text,json" default:"text" help:"text for people, json for programs."`
}

type setupPlanCommand struct {
	setupFlags
	Ask bool `help:"Ask the org whether it would take all of it; nothing is kept. Ends with 1 if it would refuse some."`
}

type setupApplyCommand struct {
	setupFlags
	Yes   bool `short:"y" help:"Do not ask before something that exists is changed."`
	NoAsk bool `help:"Do not ask the org first whether it would take all of it."`
}

type setupVerifyCommand struct {
	setupFlags
	Call bool `help:"Make a test call too, by setup.call.sip; without one, a person is asked to call."`
}

type setupDestroyCommand struct {
	setupFlags
	Yes bool `short:"y" help:"Do not ask."`
}

// exit ends the program with a status of its own and without a word.
type exit int

func (x exit) Error() string { return fmt.Sprintf("exit status %d", int(x)) }

// job is a configuration and where it is carried out.
type job struct {
	cfg   config.File
	site  setup.Site
	steps steps.Steps
}

func (j job) heading() setup.Heading { return j.site.Heading(j.cfg) }

// plan says what is still to do.
func (j job) plan(ctx context.Context) ([]setup.Change, error) {
	return setup.Plan(ctx, j.site.Platforms, j.steps.InOrder())
}

// open reads the configuration and signs in.
func (f setupFlags) open(e *env) (job, error) {
	c, err := config.Load(f.Config)
	if err != nil {
		return job{}, err
	}
	site, err := setup.Open(e.ctx, c, steps.Kinds, e.ways())
	return job{c, site, steps.For(c, site)}, err
}

// ways are what there is to sign in with.
func (e *env) ways() setup.Ways {
	ways := setup.Ways{Run: setup.Program}
	if e.person {
		ways.Browser = func(address string) { fmt.Fprintf(e.stderr, "Open this address and sign in:\n  %s\n", address) }
	}
	return ways
}

func (f setupFlags) text(e *env) setup.Text {
	file, isFile := e.stdout.(*os.File)
	return setup.Text{W: e.stdout, Colour: isFile && term.IsTerminal(int(file.Fd())) && os.Getenv("NO_COLOR") == ""}
}

func (f setupFlags) show(e *env, h setup.Heading, changes []setup.Change) error {
	if f.Output == "json" {
		return setup.PlanJSON(e.stdout, h, changes)
	}
	return f.text(e).Plan(h, changes)
}

// Run plans.
func (c setupPlanCommand) Run(e *env) error {
	j, err := c.open(e)
	if err != nil {
		return err
	}
	changes, err := j.plan(e.ctx)
	if err == nil && c.Ask {
		changes, err = setup.Ask(e.ctx, j.site.Platforms, changes)
	}
	if err != nil {
		return err
	}
	if err := c.show(e, j.heading(), changes); err != nil {
		return err
	}
	if setup.WouldFail(changes) {
		return exit(1)
	}
	if create, update, _ := setup.Pending(changes); create+update > 0 {
		return exit(2)
	}
	return nil
}

// Run applies.
func (c setupApplyCommand) Run(e *env) error {
	j, err := c.open(e)
	if err != nil {
		return err
	}
	if !c.NoAsk {
		if err := c.askOrg(e, j); err != nil {
			return err
		}
	}
	hooks := setup.Hooks{Done: c.progress(e), Agree: c.agree(e), Waits: c.waits(e), Passed: c.text(e).Passed}
	if c.Output == "json" {
		hooks.Passed = func(change setup.Change, err error) {
			fmt.Fprintf(e.stderr, "%s: %s: %s\n", change.Step, change.What, err)
		}
	}
	err = setup.Apply(e.ctx, j.site.Platforms, j.steps.InOrder(), j.site.Record, hooks)
	if e.ctx.Err() != nil {
		return errors.New("cut off: run patchcord setup apply again, it goes on where it stopped")
	}
	if err = errors.Join(err, j.site.Record.Publish(e.ctx, j.site.CRM)); err != nil {
		return err
	}
	left, err := j.plan(e.ctx)
	if err != nil {
		return err
	}
	if c.Output == "json" {
		return setup.PlanJSON(e.stdout, j.heading(), left)
	}
	fmt.Fprintf(e.stdout, "\nWhat was made is remembered in %s, and in the org as the static resource Patchcord_SetUp.\n", j.cfg.StateFile())
	return c.text(e).Persons(left)
}

// askOrg asks the org whether it would take the plan, before anything is changed.
func (c setupApplyCommand) askOrg(e *env, j job) error {
	changes, err := j.plan(e.ctx)
	if err == nil {
		changes, err = setup.Ask(e.ctx, j.site.Platforms, changes)
	}
	if err != nil || !setup.WouldFail(changes) {
		return err
	}
	if err := c.show(e, j.heading(), changes); err != nil {
		return err
	}
	return errors.New("the org would refuse some of it, so nothing was changed: " +
		"mend what the plan shows, or apply with --no-ask")
}

// waits tells what a change waits for: a line of text, or of JSON.
func (f setupFlags) waits(e *env) func(setup.Change, string) {
	if f.Output == "text" {
		return f.text(e).Waits
	}
	lines := json.NewEncoder(e.stderr)
	return func(c setup.Change, still string) {
		_ = lines.Encode(map[string]string{"step": c.Step, "waits": still}) // progress is not worth an end
	}
}

// progress tells each change that is done: a line of text, or of JSON.
func (f setupFlags) progress(e *env) func(setup.Change) {
	if f.Output == "text" {
		return f.text(e).Progress
	}
	lines := json.NewEncoder(e.stderr)
	return func(c setup.Change) { _ = lines.Encode(c) } // progress is not worth an end
}

// agree asks before something that exists is changed, in a way that fits who is there.
func (c setupApplyCommand) agree(e *env) func(setup.Change) (bool, error) {
	if c.Yes {
		return nil
	}
	return func(change setup.Change) (bool, error) {
		return ask(e, fmt.Sprintf("%s: change %s from %q to %q?", change.Step, change.What, change.Old, change.New))
	}
}

// ask wants the word yes from a terminal. Where nobody can answer it says how to agree beforehand.
func ask(e *env, question string) (bool, error) {
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return false, fmt.Errorf("%s Nobody is there to answer: --yes agrees beforehand", question)
	}
	fmt.Fprintf(e.stderr, "%s Only yes agrees: ", question)
	answer := make(chan string, 1)
	go func() { // ends with the line, or with the program
		line, _ := bufio.NewReader(io.LimitReader(os.Stdin, 100)).ReadString('\n')
		answer <- line
	}()
	select {
	case line := <-answer:
		return strings.TrimSpace(line) == "yes", nil
	case <-e.ctx.Done():
		return false, e.ctx.Err()
	}
}

// Run verifies.
func (c setupVerifyCommand) Run(e *env) error {
	j, err := c.open(e)
	if err != nil {
		return err
	}
	on := checks.On{Config: j.cfg, Site: j.site, Steps: j.steps}
	findings, err := setup.Verify(e.ctx, checks.All(on))
	if err != nil {
		return err
	}
	if c.Call {
		var tell func(string)
		if e.person {
			tell = func(text string) { fmt.Fprintln(e.stderr, text) }
		}
		why, done := reasons(j.cfg)
		defer done()
		called, err := checks.VerifyCall(e.ctx, on, placeCall, tell, why)
		if err != nil {
			return err
		}
		findings = append(findings, called...)
	}
	if c.Output == "json" {
		err = setup.FindingsJSON(e.stdout, j.heading(), findings)
	} else {
		err = c.text(e).Findings(j.heading(), findings)
	}
	if err == nil && setup.Broken(findings) {
		return exit(1)
	}
	return err
}

// Run takes back.
func (c setupDestroyCommand) Run(e *env) error {
	j, err := c.open(e)
	if err != nil {
		return err
	}
	changes, err := setup.PlanDestroy(e.ctx, j.site.Platforms, j.site.Record)
	if err != nil {
		return err
	}
	if err := c.show(e, j.heading(), changes); err != nil {
		return err
	}
	if len(changes) == 0 {
		return nil
	}
	if !c.Yes {
		if yes, err := ask(e, "Take all this back?"); err != nil || !yes {
			return errors.Join(err, setup.ErrRefused)
		}
	}
	told, left := c.progress(e), []setup.Change(nil)
	err = setup.Destroy(e.ctx, j.site.Platforms, j.site.Record, setup.Hooks{Done: func(change setup.Change) {
		told(change)
		if change.Action == setup.Person {
			change.Number = len(left) + 1
			left = append(left, change)
		}
	}})
	if e.ctx.Err() != nil {
		return errors.New("cut off: run patchcord setup destroy again, it goes on where it stopped")
	}
	err = errors.Join(err, j.site.Record.Publish(e.ctx, j.site.CRM))
	if c.Output == "json" { // each was told already
		return err
	}
	return errors.Join(err, c.text(e).Persons(left))
}
