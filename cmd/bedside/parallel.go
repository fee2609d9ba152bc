package main

import "iter"

// inOrder does work for the numbers below n on several goroutines and yields
// the results in order. Only a few results wait at any time, so that memory
// does not grow with n.
func inOrder[T any](n, workers int, work func(i int) T) iter.Seq[T] {
	type job struct {
		i   int
		out chan T
	}
	return func(yield func(T) bool) {
		done := make(chan struct{})
		defer close(done)
		jobs, slots := make(chan job), make(chan chan T, 4*workers)
		go func() {
			defer close(jobs)
			defer close(slots)
			for i := range n {
				out := make(chan T, 1)
				select {
				case slots <- out:
				case <-done:
					return
				}
				jobs <- job{i, out} // workers never stop before jobs is closed
			}
		}()
		for range workers {
			go func() {
				for j := range jobs {
					j.out <- work(j.i)
				}
			}()
		}
		for out := range slots {
			if !yield(<-out) {
				return
			}
		}
	}
}
