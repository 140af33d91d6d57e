package main

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/internal/textfile"
)

// flowFile is a flow that the command line names, itself or in a folder or a zip file.
type flowFile struct {
	name     string
	document flow.Document
	err      error // why it is no flow
	packed   bool  // it stands in a zip file
}

const (
	maxFlowFile  = 2*flow.MaxFlow + 16 // bytes that are read of one: more than any flow has, in UTF-16
	maxFlowFiles = 10_000
)

// readFlows reads all flows that paths name, with the types that a map gives them. An error is of the paths; what is wrong with a flow
// is kept with it.
func readFlows(paths []string, mapFile string) ([]flowFile, error) {
	types, err := readMap(mapFile)
	if err != nil {
		return nil, err
	}
	var found []flowFile
	add := func(name string, packed bool, from io.Reader) error {
		if len(found) == maxFlowFiles {
			return fmt.Errorf("these are more than %d flows: name fewer", maxFlowFiles)
		}
		raw, err := io.ReadAll(io.LimitReader(from, maxFlowFile))
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		f := flowFile{name: name, packed: packed}
		if f.document, f.err = flow.Read(raw); f.err == nil {
			f.document, f.err = f.document.WithTypes(types)
		}
		found = append(found, f)
		return nil
	}
	for _, name := range paths {
		if err := readPath(name, add); err != nil {
			return nil, err
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("there is no flow in %s: files whose names end with .json are looked for", strings.Join(paths, ", "))
	}
	return found, nil
}

// oneFlow reads the only flow of a file.
func oneFlow(name, mapFile string) (flowFile, error) {
	flows, err := readFlows([]string{name}, mapFile)
	switch {
	case err != nil:
		return flowFile{}, err
	case len(flows) != 1:
		return flowFile{}, fmt.Errorf("%s holds %d flows: name one", name, len(flows))
	case flows[0].err != nil:
		return flowFile{}, fmt.Errorf("%s: %s", name, reason(flows[0].err))
	}
	return flows[0], nil
}

type addFlow func(name string, packed bool, from io.Reader) error

func readPath(name string, add addFlow) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not there", name)
	case err != nil:
		return err
	case info.IsDir():
		return filepath.WalkDir(name, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() || !isFlowName(filepath.ToSlash(file)) {
				return err
			}
			return readFile(file, add)
		})
	case strings.EqualFold(filepath.Ext(name), ".zip"):
		return readZip(name, add)
	}
	return readFile(name, add)
}

func readFile(name string, add addFlow) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return add(name, false, file)
}

// isFlowName leaves out what macOS puts beside files.
func isFlowName(name string) bool {
	return strings.HasSuffix(name, ".json") && !strings.HasPrefix(path.Base(name), "._") && !strings.HasPrefix(name, "__MACOSX/") &&
		!strings.Contains(name, "/__MACOSX/")
}

func readZip(name string, add addFlow) error {
	archive, err := zip.OpenReader(name)
	if err != nil {
		return fmt.Errorf("%s is no zip file: %w", name, err)
	}
	defer archive.Close()
	for _, entry := range archive.File {
		if !entry.Mode().IsRegular() || !isFlowName(entry.Name) {
			continue
		}
		if err := readEntry(name, entry, add); err != nil {
			return err
		}
	}
	return nil
}

func readEntry(name string, entry *zip.File, add addFlow) error {
	body, err := entry.Open()
	if err != nil {
		return fmt.Errorf("%s, %s: %w", name, entry.Name, err)
	}
	defer body.Close()
	return add(name+"/"+entry.Name, true, body)
}

// maxMap bounds a file that says what types stand for, in bytes.
const maxMap = 1 << 20

// readMap reads what unknown types stand for; no name, or a file that is not there yet, is an empty one.
func readMap(name string) (map[string]string, error) {
	types := map[string]string{}
	if name == "" {
		return types, nil
	}
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return types, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxMap+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(raw) > maxMap {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, maxMap)
	}
	text, err := textfile.Decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s %w", name, err)
	}
	if err := json.Unmarshal(text, &types); err != nil {
		return nil, fmt.Errorf(`%s is no map of types, such as {"SE_SFFindLead": "SE_SFGetLeadId"}: %w`, name, err)
	}
	return types, nil
}
