#load "build/tasks.cake"
