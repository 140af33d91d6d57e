package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"
)

// pages measures in Chromium, with a warm cache, from the start of a navigation until the page's heading is there and nothing loads.
func (b bench) pages(ctx context.Context) ([]figure, error) {
	p, r, err := b.sandbox(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	browser, lines, _, err := spawn(ctx, false, "node", filepath.Join(filepath.Dir(script()), "pages.mjs"), string(r.line))
	if err != nil {
		return nil, err
	}
	took := map[string][]time.Duration{}
	var kinds []string
	for line := range lines {
		var seen struct {
			Kind string  `json:"kind"`
			MS   float64 `json:"ms"`
		}
		if err := json.Unmarshal(line, &seen); err != nil {
			return nil, fmt.Errorf("pages: %.100q: %w", line, err)
		}
		if took[seen.Kind] == nil {
			kinds = append(kinds, seen.Kind)
		}
		took[seen.Kind] = append(took[seen.Kind], time.Duration(seen.MS*float64(time.Millisecond)))
	}
	if err := <-browser.ended; err != nil {
		return nil, fmt.Errorf("pages: %w: %s", err, browser.stderr)
	}
	var figures []figure
	for _, kind := range kinds {
		figures = append(figures, milliseconds(kind+" page, usable after going to it", took[kind]).within("p95", 500))
	}
	return figures, nil
}
