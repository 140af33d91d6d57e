//go:build !unix

package admin

// FreeSpace is not known here.
func FreeSpace(string) int64 { return -1 }
